package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Allowed;
import io.snapstash.api.schema.Default;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Which backup this is. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SnapshotSpec(
    String snapshotID,
    String type,
    String repository,
    String session,
    String backupSession,
    String version,
    TypedObjectReference appRef,
    @Default("Delete") @Allowed({"Delete", "WipeOut"}) String deletionPolicy,
    Boolean paused) {}
