package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.schema.Holds;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** Settings for a container. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ContainerRuntimeSettings(
    JsonNode resources,
    JsonNode livenessProbe,
    JsonNode readinessProbe,
    JsonNode lifecycle,
    JsonNode securityContext,
    NiceSettings nice,
    IoNiceSettings ionice,
    List<JsonNode> envFrom,
    @Holds("name") List<JsonNode> env) {}
