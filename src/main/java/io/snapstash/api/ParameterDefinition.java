package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.soabase.recordbuilder.core.RecordBuilder;

/** An input that a task or hook understands. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ParameterDefinition(
    String name, String usage, Boolean required, @JsonProperty("default") String defaultValue) {}
