package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.schema.Holds;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** A hook that runs in a Job of its own. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FunctionExecutor(
    String name,
    @Holds("name") List<JsonNode> env,
    @Holds({"mountPath", "name"}) List<JsonNode> volumeMounts,
    List<Volume> volumes) {}
