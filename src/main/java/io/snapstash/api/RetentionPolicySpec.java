package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.snapstash.api.schema.Matches;
import io.snapstash.api.schema.Rule;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Which Snapshots are kept. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
@Rule(
    value = "has(self.maxRetentionPeriod) || has(self.successfulSnapshots)",
    message = "set maxRetentionPeriod, successfulSnapshots or both: a policy without them keeps everything for ever")
public record RetentionPolicySpec(
    @Matches(Matches.PERIOD) String maxRetentionPeriod,
    SuccessfulSnapshots successfulSnapshots,
    FailedSnapshots failedSnapshots,
    UsagePolicy usagePolicy,
    @JsonProperty("default") Boolean isDefault) {}
