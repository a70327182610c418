package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Fills in defaults, from the outside in; a null where none is allowed makes room for one first. */
final class SchemaDefaults {
  private SchemaDefaults() {}

  static void apply(JsonNode schema, JsonNode value) {
    if (value instanceof ObjectNode object) {
      object(schema, object);
    } else if (value.isArray()) {
      value.forEach(item -> apply(schema.path("items"), item));
    }
  }

  private static void object(JsonNode schema, ObjectNode object) {
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      JsonNode sub = property.getValue();
      boolean unwantedNull = object.path(property.getKey()).isNull() && !sub.path("nullable").asBoolean();
      if (sub.has("default") && (unwantedNull || !object.has(property.getKey()))) {
        object.set(property.getKey(), sub.get("default").deepCopy());
      }
      if (object.has(property.getKey())) {
        apply(sub, object.get(property.getKey()));
      }
    }
    JsonNode additional = schema.path("additionalProperties");
    if (additional.isObject()) {
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        if (!schema.path("properties").has(entry.getKey())) {
          apply(additional, entry.getValue());
        }
      }
    }
  }
}
