package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** How many Failed Snapshots are kept. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FailedSnapshots(
    Integer last) {}
