package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.snapstash.api.schema.Doc;
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
    @Doc("Every Snapshot older than this goes, as 1y6mo, 30d or 12h30m.")
    @Matches(Matches.PERIOD) String maxRetentionPeriod,
    @Doc("How many good Snapshots are kept, by period.")
    SuccessfulSnapshots successfulSnapshots,
    @Doc("How many failed Snapshots are kept.")
    FailedSnapshots failedSnapshots,
    @Doc("Namespaces whose objects may refer to this one; without it, the same namespace only.")
    UsagePolicy usagePolicy,
    @Doc("Use this policy where a backend names none; at most one per namespace.")
    @JsonProperty("default") Boolean isDefault) {}
