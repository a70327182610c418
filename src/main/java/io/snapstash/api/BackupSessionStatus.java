package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Allowed;
import io.snapstash.api.schema.Doc;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;

/** How the run goes. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackupSessionStatus(
    @Allowed({"Pending", "Running", "Succeeded", "Failed", "Skipped"}) String phase,
    String duration,
    @Doc("What is unfinished then has failed.")
    Instant backupDeadline,
    Integer totalSnapshots,
    List<SnapshotSummary> snapshots,
    HookStatuses hooks,
    @Doc("Result of retention in each repository.")
    List<RetentionResult> retentionPolicy,
    Boolean retried,
    Instant nextRetry,
    List<Condition> conditions) {}
