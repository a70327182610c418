package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/** The body of a Pod template. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PodTemplateSettings(
    List<Volume> volumes, List<JsonNode> initContainers, Long terminationGracePeriodSeconds, String dnsPolicy,
    JsonNode dnsConfig, Map<String, String> nodeSelector, String serviceAccountName, Boolean hostNetwork,
    Boolean hostPID, Boolean hostIPC, Boolean shareProcessNamespace, JsonNode securityContext,
    List<JsonNode> imagePullSecrets, JsonNode affinity, String schedulerName, List<JsonNode> tolerations,
    String priorityClassName, Integer priority, String runtimeClassName, Boolean enableServiceLinks,
    List<JsonNode> topologySpreadConstraints, PodPlacementPolicy podPlacementPolicy, List<String> args,
    List<JsonNode> env, JsonNode resources, JsonNode livenessProbe, JsonNode readinessProbe, JsonNode lifecycle,
    JsonNode containerSecurityContext, List<JsonNode> volumeMounts) {}
