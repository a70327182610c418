package io.snapstash.domain.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Json;
import io.snapstash.domain.Absent;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * A Pod template with one container that starts out as Pod Security "restricted" wants it (behaviour 6.17); settings
 * are laid over it one after another. What is set replaces what was there, except lists that merge by name.
 */
final class PodDraft {
  static final String TMP_VOLUME = "kubestash-tmp-volume";
  private static final int NOBODY = 65534;
  private static final Set<String> SHARED_SECURITY =
      Set.of("runAsUser", "runAsGroup", "runAsNonRoot", "seccompProfile");

  private final ObjectNode metadata = object();
  private final ObjectNode pod = object();
  private final ObjectNode container = object();
  private boolean ownContainerSecurity;

  PodDraft(String containerName) {
    container.put("name", containerName);
    pod.put("restartPolicy", "Never");
    ObjectNode user = object().put("runAsNonRoot", true).put("runAsUser", NOBODY).put("runAsGroup", NOBODY);
    user.set("seccompProfile", object().put("type", "RuntimeDefault"));
    ObjectNode limits = user.deepCopy().put("allowPrivilegeEscalation", false).put("readOnlyRootFilesystem", true);
    limits.set("capabilities", object().set("drop", JsonNodeFactory.instance.arrayNode().add("ALL")));
    // A fresh CSI volume belongs to root; without the group nobody could write to one.
    pod.set("securityContext", user.put("fsGroup", NOBODY));
    container.set("securityContext", limits);
    emptyDir("tmp", "/tmp");
    emptyDir(TMP_VOLUME, "/kubestash-tmp");
  }

  ObjectNode pod() {
    return pod;
  }

  ObjectNode container() {
    return container;
  }

  void labels(Map<String, String> labels) {
    strings(metadata, "labels", labels);
  }

  void annotations(Map<String, String> annotations) {
    strings(metadata, "annotations", annotations);
  }

  /** A literal value: what looks like {@code $(NAME)} in it stays as it is. */
  void environment(String name, String value) {
    environment(object().put("name", name).put("value", literal(value)));
  }

  void environment(JsonNode variable) {
    NamedItems.upsert(container, "env", "name", variable);
  }

  void volume(JsonNode volume) {
    NamedItems.upsert(pod, "volumes", "name", volume);
  }

  void mount(JsonNode mount) {
    NamedItems.upsert(container, "volumeMounts", "mountPath", mount);
  }

  /** Sets a field unless the value is absent; empty lists and maps count as absent. */
  static void put(ObjectNode owner, String field, Object value) {
    boolean empty = value == null || value instanceof JsonNode node && Absent.tree(node).isMissingNode()
        || value instanceof Collection<?> items && items.isEmpty() || value instanceof Map<?, ?> map && map.isEmpty()
        || value instanceof String text && text.isEmpty();
    if (!empty) {
      owner.set(field, value instanceof JsonNode node ? node.deepCopy() : Json.MAPPER.valueToTree(value));
    }
  }

  void containerSecurity(JsonNode context) {
    if (!Absent.tree(context).isMissingNode()) {
      put(container, "securityContext", context);
      ownContainerSecurity = true;
    }
  }

  /**
   * Our container settings would hide what the user asks of the Pod, so the same fields leave the container, unless
   * the user has settled those too.
   */
  void podSecurity(JsonNode context) {
    if (Absent.tree(context).isMissingNode()) {
      return;
    }
    put(pod, "securityContext", context);
    if (!ownContainerSecurity && container.path("securityContext") instanceof ObjectNode ours) {
      context.properties().stream().map(Map.Entry::getKey).filter(SHARED_SECURITY::contains).forEach(ours::remove);
      if (context.has("runAsUser")) {
        ours.remove("runAsNonRoot");
      }
    }
  }

  /** The finished {@code template} of a Job. */
  ObjectNode template() {
    ObjectNode spec = pod.deepCopy();
    spec.set("containers", JsonNodeFactory.instance.arrayNode().add(container.deepCopy()));
    ObjectNode template = object();
    template.set("metadata", metadata.deepCopy());
    template.set("spec", spec);
    return template;
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static void strings(ObjectNode owner, String field, Map<String, String> values) {
    Map<String, String> present = Absent.map(values);
    if (!present.isEmpty()) {
      ObjectNode target = owner.withObjectProperty(field);
      present.forEach(target::put);
    }
  }

  /** Doubles the dollar signs, which the kubelet undoes in arguments and environment. */
  static String literal(String text) {
    return text.replace("$", "$$");
  }

  private void emptyDir(String name, String path) {
    volume(object().put("name", name).set("emptyDir", object()));
    mount(object().put("name", name).put("mountPath", path));
  }
}
