package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.schema.Holds;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** The container of a Function. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FunctionSpec(
    String image,
    List<String> command,
    List<String> args,
    String workingDir,
    List<JsonNode> ports,
    @Holds({"mountPath", "name"}) List<JsonNode> volumeMounts,
    @Holds({"devicePath", "name"}) List<JsonNode> volumeDevices,
    ContainerRuntimeSettings runtimeSettings,
    List<String> availableVersions) {}
