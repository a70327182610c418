package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.schema.Allowed;
import io.snapstash.api.schema.Default;
import io.snapstash.api.schema.Holds;
import io.snapstash.api.schema.Matches;
import io.snapstash.api.schema.Minimum;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** A hook to be run (api 15.8). */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HookInfo(
    String name,
    ObjectReference hookTemplate,
    JsonNode params,
    @Minimum(0) Integer maxRetry,
    @Matches(Matches.DURATION) String timeout,
    @Default("Always") @Allowed({"Always", "OnSuccess", "OnFailure"}) String executionPolicy,
    @Holds("name") List<JsonNode> variables,
    List<Volume> volumes,
    @Holds({"mountPath", "name"}) List<JsonNode> volumeMounts,
    RuntimeSettings runtimeSettings) {}
