package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The columns of the kinds that people look at most; all others show name and age. */
final class BuiltinColumns {
  private static final Map<String, List<Column>> COLUMNS = Map.ofEntries(
      Map.entry("namespaces", List.of(Column.NAME, Column.path("Status", "/status/phase"), Column.AGE)),
      Map.entry("nodes", List.of(Column.NAME, Column.text("Status", BuiltinColumns::readiness),
          Column.text("Roles", _ -> "<none>"), Column.AGE, Column.path("Version", "/status/nodeInfo/kubeletVersion"))),
      Map.entry("pods", List.of(Column.NAME, Column.text("Ready", BuiltinColumns::readyContainers),
          Column.text("Status", BuiltinColumns::podStatus), Column.text("Restarts", BuiltinColumns::restarts), Column.AGE,
          Column.wide("IP", pod -> or(pod, "/status/podIP", "<none>")),
          Column.wide("Node", pod -> or(pod, "/spec/nodeName", "<none>")))),
      Map.entry("secrets", List.of(Column.NAME, Column.path("Type", "/type"),
          Column.text("Data", secret -> Integer.toString(secret.path("data").size())), Column.AGE)),
      Map.entry("configmaps", List.of(Column.NAME, Column.text("Data",
          map -> Integer.toString(map.path("data").size() + map.path("binaryData").size())), Column.AGE)),
      Map.entry("serviceaccounts", List.of(Column.NAME, Column.text("Secrets",
          account -> Integer.toString(account.path("secrets").size())), Column.AGE)),
      Map.entry("services", List.of(Column.NAME, Column.path("Type", "/spec/type"),
          Column.path("Cluster-IP", "/spec/clusterIP", "<none>"), Column.text("External-IP", _ -> "<none>"),
          Column.text("Port(s)", BuiltinColumns::ports), Column.AGE)),
      Map.entry("events", List.of(Column.since("Last Seen", "/lastTimestamp", "<unknown>"), Column.path("Type", "/type"),
          Column.path("Reason", "/reason"), Column.text("Object", event -> (or(event, "/involvedObject/kind", "") + "/"
              + or(event, "/involvedObject/name", "")).toLowerCase(Locale.ROOT)), Column.path("Message", "/message"),
          Column.wide("Name", event -> Metadata.text(event, "name")))),
      Map.entry("persistentvolumeclaims", List.of(Column.NAME, Column.path("Status", "/status/phase"),
          Column.path("Volume", "/spec/volumeName"), Column.path("Capacity", "/status/capacity/storage"),
          Column.text("Access Modes", claim -> modes(claim.at("/status/accessModes"))),
          Column.path("StorageClass", "/spec/storageClassName"),
          Column.path("VolumeAttributesClass", "/spec/volumeAttributesClassName", "<unset>"), Column.AGE,
          Column.wide("VolumeMode", claim -> or(claim, "/spec/volumeMode", "<unset>")))),
      Map.entry("persistentvolumes", List.of(Column.NAME, Column.path("Capacity", "/spec/capacity/storage"),
          Column.text("Access Modes", volume -> modes(volume.at("/spec/accessModes"))),
          Column.path("Reclaim Policy", "/spec/persistentVolumeReclaimPolicy"), Column.path("Status", "/status/phase"),
          Column.text("Claim", volume -> volume.at("/spec/claimRef").isMissingNode() ? ""
              : or(volume, "/spec/claimRef/namespace", "") + "/" + or(volume, "/spec/claimRef/name", "")),
          Column.path("StorageClass", "/spec/storageClassName"),
          Column.path("VolumeAttributesClass", "/spec/volumeAttributesClassName", "<unset>"),
          Column.path("Reason", "/status/reason"), Column.AGE,
          Column.wide("VolumeMode", volume -> or(volume, "/spec/volumeMode", "<unset>")))),
      Map.entry("deployments", List.of(Column.NAME, Column.text("Ready", BuiltinColumns::replicas),
          Column.number("Up-to-date", "/status/updatedReplicas"), Column.number("Available", "/status/availableReplicas"),
          Column.AGE)),
      Map.entry("statefulsets", List.of(Column.NAME, Column.text("Ready", BuiltinColumns::replicas), Column.AGE)),
      Map.entry("replicasets", List.of(Column.NAME, Column.number("Desired", "/spec/replicas"),
          Column.number("Current", "/status/replicas"), Column.number("Ready", "/status/readyReplicas"), Column.AGE)),
      Map.entry("daemonsets", List.of(Column.NAME, Column.number("Desired", "/status/desiredNumberScheduled"),
          Column.number("Current", "/status/currentNumberScheduled"), Column.number("Ready", "/status/numberReady"),
          Column.number("Up-to-date", "/status/updatedNumberScheduled"),
          Column.number("Available", "/status/numberAvailable"), Column.text("Node Selector", _ -> "<none>"), Column.AGE)),
      Map.entry("jobs", List.of(Column.NAME, Column.text("Status", BuiltinColumns::jobStatus),
          Column.text("Completions", job -> job.at("/status/succeeded").asInt() + "/"
              + job.at("/spec/completions").asInt(1)), Column.text("Duration", 0, (job, now) -> jobDuration(job, now)),
          Column.AGE)),
      Map.entry("cronjobs", List.of(Column.NAME, Column.path("Schedule", "/spec/schedule"),
          Column.path("Timezone", "/spec/timeZone", "<none>"),
          Column.text("Suspend", job -> job.at("/spec/suspend").asBoolean() ? "True" : "False"),
          Column.text("Active", job -> Integer.toString(job.at("/status/active").size())),
          Column.since("Last Schedule", "/status/lastScheduleTime", "<none>"), Column.AGE)),
      Map.entry("storageclasses", List.of(
          Column.text("Name", 0, (type, _) -> Metadata.text(type, "name") + (isDefault(type) ? " (default)" : "")),
          Column.path("Provisioner", "/provisioner"), Column.path("ReclaimPolicy", "/reclaimPolicy"),
          Column.path("VolumeBindingMode", "/volumeBindingMode"),
          Column.text("AllowVolumeExpansion", type -> Boolean.toString(type.path("allowVolumeExpansion").asBoolean())),
          Column.AGE)),
      Map.entry("leases", List.of(Column.NAME, Column.path("Holder", "/spec/holderIdentity"), Column.AGE)),
      Map.entry("roles", created()), Map.entry("clusterroles", created()),
      Map.entry("rolebindings", bindings()), Map.entry("clusterrolebindings", bindings()),
      Map.entry("customresourcedefinitions", created()));

  private BuiltinColumns() {}

  static List<Column> of(ApiResource resource) {
    return COLUMNS.getOrDefault(resource.plural(), List.of(Column.NAME, Column.AGE));
  }

  private static List<Column> created() {
    return List.of(Column.NAME, Column.path("Created At", "/metadata/creationTimestamp"));
  }

  private static List<Column> bindings() {
    return List.of(Column.NAME, Column.text("Role", binding -> or(binding, "/roleRef/kind", "") + "/"
        + or(binding, "/roleRef/name", "")), Column.AGE);
  }

  private static String or(ObjectNode object, String pointer, String absent) {
    JsonNode value = object.at(pointer);
    return value.isMissingNode() || value.isNull() ? absent : value.asText();
  }

  private static boolean isDefault(ObjectNode storageClass) {
    return storageClass.path("metadata").path("annotations").path("storageclass.kubernetes.io/is-default-class").asText()
        .equals("true");
  }

  private static String readiness(ObjectNode node) {
    for (JsonNode condition : node.at("/status/conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        return condition.path("status").asText().equals("True") ? "Ready" : "NotReady";
      }
    }
    return "Unknown";
  }

  private static String replicas(ObjectNode workload) {
    return workload.at("/status/readyReplicas").asInt() + "/" + workload.at("/spec/replicas").asInt(1);
  }

  private static String readyContainers(ObjectNode pod) {
    int ready = 0;
    for (JsonNode status : pod.at("/status/containerStatuses")) {
      ready += status.path("ready").asBoolean() ? 1 : 0;
    }
    return ready + "/" + pod.at("/spec/containers").size();
  }

  private static String restarts(ObjectNode pod) {
    int count = 0;
    for (JsonNode status : pod.at("/status/containerStatuses")) {
      count += status.path("restartCount").asInt();
    }
    return Integer.toString(count);
  }

  private static String podStatus(ObjectNode pod) {
    String reason = or(pod, "/status/reason", or(pod, "/status/phase", "Unknown"));
    for (JsonNode status : pod.at("/status/containerStatuses")) {
      String waiting = status.at("/state/waiting/reason").asText("");
      String ended = status.at("/state/terminated/reason").asText("");
      reason = !waiting.isEmpty() ? waiting : !ended.isEmpty() ? ended : reason;
    }
    return Metadata.isDeleting(pod) ? "Terminating" : reason;
  }

  private static String jobStatus(ObjectNode job) {
    for (JsonNode condition : job.at("/status/conditions")) {
      if (condition.path("status").asText().equals("True")
          && List.of("Complete", "Failed", "Suspended").contains(condition.path("type").asText())) {
        return condition.path("type").asText();
      }
    }
    return Metadata.isDeleting(job) ? "Terminating" : "Running";
  }

  private static String jobDuration(ObjectNode job, Instant now) {
    String start = or(job, "/status/startTime", "");
    if (start.isEmpty()) {
      return "";
    }
    String end = or(job, "/status/completionTime", "");
    return Ages.human(Duration.between(OffsetDateTime.parse(start).toInstant(),
        end.isEmpty() ? now : OffsetDateTime.parse(end).toInstant()));
  }

  private static String ports(ObjectNode service) {
    List<String> ports = new ArrayList<>();
    service.at("/spec/ports").forEach(port ->
        ports.add(port.path("port").asText() + "/" + port.path("protocol").asText("TCP")));
    return ports.isEmpty() ? "<none>" : String.join(",", ports);
  }

  private static String modes(JsonNode modes) {
    List<String> names = new ArrayList<>();
    modes.forEach(mode -> names.add(mode.asText()));
    return names.stream().map(mode -> switch (mode) {
      case "ReadWriteOnce" -> "RWO";
      case "ReadOnlyMany" -> "ROX";
      case "ReadWriteMany" -> "RWX";
      case "ReadWriteOncePod" -> "RWOP";
      default -> mode;
    }).collect(Collectors.joining(","));
  }
}
