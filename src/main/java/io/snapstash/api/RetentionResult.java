package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Allowed;
import io.soabase.recordbuilder.core.RecordBuilder;

/** How the retention went for one Repository. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RetentionResult(
    ObjectReference ref,
    String repository,
    String error,
    @Allowed({"Pending", "Applied", "FailedToApply"}) String phase) {}
