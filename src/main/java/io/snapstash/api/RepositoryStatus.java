package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Allowed;
import io.snapstash.api.schema.Doc;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;

/** What is true of a Repository. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RepositoryStatus(
    @Allowed({"NotReady", "Ready"}) String phase,
    @Doc("Time of the last successful backup.")
    Instant lastBackupTime,
    Boolean integrity,
    Integer snapshotCount,
    String size,
    @Doc("The newest five Snapshots.")
    List<RecentSnapshot> recentSnapshots,
    List<Condition> conditions,
    List<String> componentPaths) {}
