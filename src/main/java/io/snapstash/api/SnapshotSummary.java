package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Allowed;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A Snapshot as its run sees it. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SnapshotSummary(
    String name,
    String repository,
    @Allowed({"Pending", "Running", "Succeeded", "Failed"}) String phase,
    TypedObjectReference appRef) {}
