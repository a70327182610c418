package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.MapType;
import io.snapstash.api.schema.Required;
import io.soabase.recordbuilder.core.RecordBuilder;

/** An object of the same namespace. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
@MapType("atomic")
public record TypedLocalObjectReference(
    String apiGroup,
    @Required String kind,
    @Required String name) {}
