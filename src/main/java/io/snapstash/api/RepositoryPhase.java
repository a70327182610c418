package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Allowed;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A Repository as its BackupConfiguration sees it. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RepositoryPhase(
    String name,
    @Allowed({"NotReady", "Ready"}) String phase,
    String reason,
    Boolean verificationConfigured) {}
