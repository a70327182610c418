package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the API server does to claims: it fills in mode and the twin of a data source, drops sources it does not take
 * without a word, and lets nothing of the spec change but what a binder or a resize needs.
 */
final class ClaimRules implements KindRules {
  private static final String SNAPSHOTS = "snapshot.storage.k8s.io";
  private static final String PROTECTION = "kubernetes.io/pvc-protection";

  @Override
  public void beforeCreate(ObjectNode object) {
    ObjectNode spec = object.withObject("/spec");
    if (!spec.has("volumeMode")) {
      spec.put("volumeMode", "Filesystem");
    }
    dropWhatIsNotTaken(spec);
    mirror(spec);
    object.putObject("status").put("phase", "Pending");
    object.withObject("/metadata").withArray("finalizers").add(PROTECTION);
  }

  private static void dropWhatIsNotTaken(ObjectNode spec) {
    JsonNode source = spec.path("dataSource");
    if (source.isObject() && !isTaken(source)) {
      spec.remove("dataSource");
    }
    if (spec.path("dataSourceRef").has("namespace") && !spec.has("dataSource")) {
      spec.remove("dataSourceRef");
    }
  }

  private static boolean isTaken(JsonNode source) {
    String group = source.path("apiGroup").asText("");
    return switch (source.path("kind").asText("")) {
      case "VolumeSnapshot" -> group.equals(SNAPSHOTS);
      case "PersistentVolumeClaim" -> group.isEmpty();
      default -> false;
    };
  }

  private static void mirror(ObjectNode spec) {
    if (spec.has("dataSource") && !spec.has("dataSourceRef")) {
      spec.set("dataSourceRef", spec.get("dataSource").deepCopy());
    } else if (spec.has("dataSourceRef") && !spec.has("dataSource") && isTaken(spec.get("dataSourceRef"))) {
      spec.set("dataSource", spec.get("dataSourceRef").deepCopy());
    }
  }

  @Override
  public List<FieldError> check(ObjectNode object, Optional<ObjectNode> old) {
    JsonNode spec = object.path("spec");
    List<FieldError> errors = required("spec", spec);
    if (spec.has("dataSource") && spec.has("dataSourceRef") && !same(spec.get("dataSource"), spec.get("dataSourceRef"))) {
      errors.add(FieldError.invalid("spec", spec.get("dataSource"), "must match dataSourceRef"));
    }
    old.filter(before -> !settled(before.path("spec")).equals(settled(spec)) || resizedWhilePending(before, object))
        .ifPresent(_ -> errors.add(FieldError.forbidden("spec", "spec is immutable after creation except "
            + "resources.requests and volumeAttributesClassName for bound claims")));
    return errors;
  }

  /** What every claim needs, also one that is made from a template. */
  static List<FieldError> required(String path, JsonNode spec) {
    List<FieldError> errors = new ArrayList<>();
    if (spec.path("accessModes").isEmpty()) {
      errors.add(FieldError.required(path + ".accessModes", "at least 1 access mode is required"));
    }
    if (spec.at("/resources/requests/storage").isMissingNode()) {
      errors.add(FieldError.required(path + ".resources[storage]", ""));
    }
    return errors;
  }

  private static boolean same(JsonNode source, JsonNode reference) {
    return source.path("kind").equals(reference.path("kind")) && source.path("name").equals(reference.path("name"))
        && source.path("apiGroup").asText("").equals(reference.path("apiGroup").asText(""));
  }

  private static boolean resizedWhilePending(ObjectNode before, ObjectNode now) {
    return !"Bound".equals(before.at("/status/phase").asText())
        && !before.at("/spec/resources/requests/storage").equals(now.at("/spec/resources/requests/storage"));
  }

  /** The spec without what may change: the size, and the volume that a binder fills in once. */
  private static JsonNode settled(JsonNode spec) {
    ObjectNode copy = spec.deepCopy();
    copy.remove(List.of("resources", "volumeName", "volumeAttributesClassName"));
    if (copy.path("storageClassName").isMissingNode()) {
      copy.remove("storageClassName");
    }
    return copy;
  }
}
