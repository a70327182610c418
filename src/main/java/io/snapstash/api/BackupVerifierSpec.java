package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** How and when to check. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackupVerifierSpec(
    RestoreOption restoreOption, SchedulerSpec scheduler, String function, List<Volume> volumes,
    List<JsonNode> volumeMounts, String type, JsonNode query, VerificationScript script, RetryConfig retryConfig,
    Integer sessionHistoryLimit, RuntimeSettings runtimeSettings) {}
