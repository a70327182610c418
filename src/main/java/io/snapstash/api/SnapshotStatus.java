package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What became of the backup. Component keys are written by the Job, all else by the operator. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SnapshotStatus(
    String phase, String verificationStatus, String verificationSession, Instant snapshotTime,
    Instant lastUpdateTime, String size, Boolean integrity, List<Condition> conditions, Integer totalComponents,
    Map<String, SnapshotComponent> components) {}
