package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Default;
import io.soabase.recordbuilder.core.RecordBuilder;

/** How many Failed Snapshots are kept. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FailedSnapshots(
    @Default("1") Integer last) {}
