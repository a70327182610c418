package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Doc;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;

/** The newest Snapshot not after a moment, or strictly before it. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PointInTime(
    @Doc("Restore the latest Snapshot not after this time.")
    Instant targetTime,
    @Doc("Leave out a Snapshot taken exactly then.")
    Boolean exclusive) {}
