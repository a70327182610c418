package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Which Snapshots are kept. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RetentionPolicySpec(
    String maxRetentionPeriod, SuccessfulSnapshots successfulSnapshots, FailedSnapshots failedSnapshots,
    UsagePolicy usagePolicy, @JsonProperty("default") Boolean isDefault) {}
