package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Allowed;
import io.snapstash.api.schema.Default;
import io.snapstash.api.schema.Doc;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Which backup this is. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SnapshotSpec(
    @Doc("ULID, ordered by time.")
    String snapshotID,
    String type,
    String repository,
    @Doc("Session of the invoker.")
    String session,
    String backupSession,
    String version,
    @Doc("The application that was backed up.")
    TypedObjectReference appRef,
    @Doc("Delete keeps the data when this object is deleted, WipeOut removes it.")
    @Default("Delete") @Allowed({"Delete", "WipeOut"}) String deletionPolicy,
    Boolean paused) {}
