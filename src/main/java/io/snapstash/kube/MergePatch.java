package io.snapstash.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/** JSON merge patches (RFC 7386): what has to be sent to turn one tree into another. Lists are replaced whole. */
public final class MergePatch {
  private MergePatch() {}

  /** Empty if nothing differs. */
  public static Optional<ObjectNode> between(JsonNode before, JsonNode after) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : after.properties()) {
      JsonNode old = before.get(field.getKey());
      JsonNode now = field.getValue();
      if (old != null && old.isObject() && now.isObject()) {
        between(old, now).ifPresent(inner -> patch.set(field.getKey(), inner));
      } else if (!now.equals(old)) {
        patch.set(field.getKey(), now);
      }
    }
    for (Map.Entry<String, JsonNode> field : before.properties()) {
      if (!after.has(field.getKey())) {
        patch.putNull(field.getKey());
      }
    }
    return patch.isEmpty() ? Optional.empty() : Optional.of(patch);
  }
}
