package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lays what is applied over what is there. */
final class SchemaMerge {
  private SchemaMerge() {}

  static ObjectNode apply(JsonNode schema, JsonNode target, ObjectNode applied) {
    ObjectNode result = target instanceof ObjectNode object ? object.deepCopy() : applied.objectNode();
    if (schema.path("x-kubernetes-map-type").asText().equals("atomic")) {
      return applied.deepCopy();
    }
    for (Map.Entry<String, JsonNode> field : applied.properties()) {
      JsonNode sub = schema.path("properties").path(field.getKey());
      JsonNode inner = sub.isMissingNode() ? schema.path("additionalProperties") : sub;
      JsonNode before = result.path(field.getKey());
      JsonNode value = field.getValue();
      if (value instanceof ObjectNode object) {
        result.set(field.getKey(), apply(inner, before, object));
      } else if (value instanceof ArrayNode list && inner.path("x-kubernetes-list-type").asText().equals("map")) {
        result.set(field.getKey(), byKeys(inner, before, list));
      } else {
        result.set(field.getKey(), value.deepCopy());
      }
    }
    return result;
  }

  private static ArrayNode byKeys(JsonNode schema, JsonNode before, ArrayNode applied) {
    ArrayNode merged = before instanceof ArrayNode list ? list.deepCopy() : applied.arrayNode();
    for (JsonNode element : applied) {
      int at = -1;
      for (int index = 0; index < merged.size() && at < 0; index++) {
        at = keys(schema, merged.get(index)).equals(keys(schema, element)) ? index : -1;
      }
      if (at >= 0 && element instanceof ObjectNode object) {
        merged.set(at, apply(schema.path("items"), merged.get(at), object));
      } else {
        merged.add(element.deepCopy());
      }
    }
    return merged;
  }

  /** The values of a list element's keys; a missing one counts as its default. */
  static List<JsonNode> keys(JsonNode listSchema, JsonNode element) {
    List<JsonNode> values = new ArrayList<>();
    for (JsonNode key : listSchema.path("x-kubernetes-list-map-keys")) {
      JsonNode value = element.path(key.asText());
      values.add(value.isMissingNode()
          ? listSchema.path("items").path("properties").path(key.asText()).path("default") : value);
    }
    return values;
  }
}
