package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Allowed;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;

/** A line of the short Snapshot list of a Repository. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecentSnapshot(
    String name,
    String session,
    String size,
    @Allowed({"Pending", "Running", "Succeeded", "Failed"}) String phase,
    Instant snapshotTime) {}
