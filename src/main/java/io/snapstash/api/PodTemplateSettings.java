package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.schema.Holds;
import io.snapstash.api.schema.ListMap;
import io.snapstash.api.schema.MapType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/** The body of a Pod template. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PodTemplateSettings(
    List<Volume> volumes,
    @Holds("name") List<JsonNode> initContainers,
    Long terminationGracePeriodSeconds,
    String dnsPolicy,
    JsonNode dnsConfig,
    @MapType("atomic") Map<String, String> nodeSelector,
    String serviceAccountName,
    Boolean hostNetwork,
    Boolean hostPID,
    Boolean hostIPC,
    Boolean shareProcessNamespace,
    JsonNode securityContext,
    List<JsonNode> imagePullSecrets,
    JsonNode affinity,
    String schedulerName,
    List<JsonNode> tolerations,
    String priorityClassName,
    Integer priority,
    String runtimeClassName,
    Boolean enableServiceLinks,
    @ListMap({"topologyKey", "whenUnsatisfiable"}) List<JsonNode> topologySpreadConstraints,
    PodPlacementPolicy podPlacementPolicy,
    List<String> args,
    @Holds("name") List<JsonNode> env,
    JsonNode resources,
    JsonNode livenessProbe,
    JsonNode readinessProbe,
    JsonNode lifecycle,
    JsonNode containerSecurityContext,
    @Holds({"mountPath", "name"}) List<JsonNode> volumeMounts) {}
