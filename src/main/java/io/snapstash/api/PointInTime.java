package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;

/** The newest Snapshot not after a moment, or strictly before it. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PointInTime(
    Instant targetTime,
    Boolean exclusive) {}
