package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Default;
import io.snapstash.api.schema.MapType;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Accepted, unused. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
@MapType("atomic")
public record PodPlacementPolicy(
    @Default("") String name) {}
