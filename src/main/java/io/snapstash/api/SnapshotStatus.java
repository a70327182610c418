package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Allowed;
import io.snapstash.api.schema.Doc;
import io.snapstash.api.schema.MapType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What became of the backup. Component keys are written by the Job, all else by the operator. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SnapshotStatus(
    @Allowed({"Pending", "Running", "Succeeded", "Failed"}) String phase,
    @Allowed({"Verified", "NotVerified", "VerificationFailed"}) String verificationStatus,
    String verificationSession,
    @Doc("When the data was captured.")
    Instant snapshotTime,
    Instant lastUpdateTime,
    String size,
    Boolean integrity,
    List<Condition> conditions,
    @Doc("Number of components that are expected.")
    Integer totalComponents,
    @Doc("Parts of the application, by name.")
    @MapType("granular") Map<String, SnapshotComponent> components) {}
