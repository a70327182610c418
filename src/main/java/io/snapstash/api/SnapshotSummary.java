package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A Snapshot as its run sees it. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SnapshotSummary(
    String name, String repository, String phase, TypedObjectReference appRef) {}
