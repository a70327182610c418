package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Which backup this is. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SnapshotSpec(
    String snapshotID, String type, String repository, String session, String backupSession, String version,
    TypedObjectReference appRef, String deletionPolicy, Boolean paused) {}
