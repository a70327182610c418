package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.schema.Allowed;
import io.snapstash.api.schema.Default;
import io.snapstash.api.schema.Doc;
import io.snapstash.api.schema.Holds;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** How and when to check. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackupVerifierSpec(
    @Doc("Where and how to restore for the check.")
    RestoreOption restoreOption,
    SchedulerSpec scheduler,
    String function,
    List<Volume> volumes,
    @Holds({"mountPath", "name"}) List<JsonNode> volumeMounts,
    @Allowed({"RestoreOnly", "Query", "Script"}) String type,
    @Doc("Database query, for type Query.")
    JsonNode query,
    VerificationScript script,
    RetryConfig retryConfig,
    @Default("1") Integer sessionHistoryLimit,
    RuntimeSettings runtimeSettings) {}
