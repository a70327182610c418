package io.snapstash.domain.restore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Labels;
import io.snapstash.domain.naming.OffshootLabels;
import java.util.Map;

/**
 * The restore that makes claims: where they go and how they are marked (behaviour 8.11, 8.13).
 *
 * @param targetNamespace that of the target, or of the RestoreSession if it names none
 */
public record ClaimOwner(String namespace, String name, String uid, String targetNamespace) {
  /** Annotation: which component of the restore a claim belongs to. */
  public static final String COMPONENT = "snapstash.io/component";

  String namespaceOf(JsonNode template) {
    String own = template.at("/metadata/namespace").asText("");
    return own.isEmpty() ? targetNamespace : own;
  }

  String nameOf(JsonNode template) {
    return template.at("/metadata/name").asText("");
  }

  /** The claim without what only the cluster knows. Owner references of a template are dropped. */
  ObjectNode manifest(JsonNode template, String component) {
    ObjectNode claim = JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
    ObjectNode metadata = claim.putObject("metadata").put("name", nameOf(template)).put("namespace", namespaceOf(template));
    ObjectNode labels = metadata.putObject("labels");
    copy(template.at("/metadata/labels"), labels);
    OffshootLabels.of(new OffshootLabels.Owner("RestoreSession", namespace, name, Map.of()), Labels.COMPONENT_RESTORE)
        .forEach(labels::put);
    ObjectNode annotations = metadata.putObject("annotations");
    copy(template.at("/metadata/annotations"), annotations);
    annotations.put(Labels.RESTORE_SESSION_UID, uid).put(COMPONENT, component);
    claim.set("spec", template.path("spec").isObject() ? template.path("spec").deepCopy()
        : JsonNodeFactory.instance.objectNode());
    return claim;
  }

  private static void copy(JsonNode from, ObjectNode into) {
    from.properties().forEach(entry -> into.set(entry.getKey(), entry.getValue()));
  }
}
