package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.schema.Required;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A variable with a value, or a place it is read from. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EnvironmentVariable(
    @Required String name,
    String value,
    JsonNode valueFrom) {}
