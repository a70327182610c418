package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.schema.Doc;
import io.snapstash.api.schema.Holds;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** The container of a Function. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FunctionSpec(
    @Doc("Container image; the operator's own if absent.")
    String image,
    List<String> command,
    @Doc("Arguments; may hold variables such as ${namespace:=default}.")
    List<String> args,
    String workingDir,
    List<JsonNode> ports,
    @Holds({"mountPath", "name"}) List<JsonNode> volumeMounts,
    @Holds({"devicePath", "name"}) List<JsonNode> volumeDevices,
    ContainerRuntimeSettings runtimeSettings,
    List<String> availableVersions) {}
