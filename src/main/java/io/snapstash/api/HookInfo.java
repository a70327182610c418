package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** A hook to be run (api 15.8). */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HookInfo(
    String name, ObjectReference hookTemplate, JsonNode params, Integer maxRetry, String timeout,
    String executionPolicy, List<JsonNode> variables, List<Volume> volumes, List<JsonNode> volumeMounts,
    RuntimeSettings runtimeSettings) {}
