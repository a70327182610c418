package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.schema.ListMap;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/** Settings for a Pod. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PodRuntimeSettings(
    Map<String, String> podLabels,
    Map<String, String> podAnnotations,
    Map<String, String> nodeSelector,
    String serviceAccountName,
    Map<String, String> serviceAccountAnnotations,
    Boolean automountServiceAccountToken,
    String nodeName,
    JsonNode securityContext,
    List<JsonNode> imagePullSecrets,
    JsonNode affinity,
    String schedulerName,
    List<JsonNode> tolerations,
    String priorityClassName,
    Integer priority,
    List<JsonNode> readinessGates,
    String runtimeClassName,
    Boolean enableServiceLinks,
    @ListMap({"topologyKey", "whenUnsatisfiable"}) List<JsonNode> topologySpreadConstraints) {}
