package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Allowed;
import io.snapstash.api.schema.Doc;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** What is true of a BackupConfiguration. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackupConfigurationStatus(
    @Doc("NotReady, Ready, or Invalid; the conditions say why.")
    @Allowed({"NotReady", "Ready", "Invalid"}) String phase,
    Boolean targetFound,
    List<BackendStatus> backends,
    List<RepositoryPhase> repositories,
    List<ResourceFoundStatus> dependencies,
    List<SessionStatus> sessions,
    List<Condition> conditions) {}
