package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Removes the fields a structural schema does not name, unless it preserves them. */
final class SchemaPruning {
  static final Set<String> TYPE_AND_METADATA = Set.of("apiVersion", "kind", "metadata");

  private final List<String> removed = new ArrayList<>();

  private SchemaPruning() {}

  static List<String> prune(JsonNode schema, ObjectNode object) {
    SchemaPruning pruning = new SchemaPruning();
    pruning.object(schema, object, "", true);
    return List.copyOf(pruning.removed);
  }

  private void visit(JsonNode schema, JsonNode value, String path) {
    if (value instanceof ObjectNode object) {
      object(schema, object, path, schema.path("x-kubernetes-embedded-resource").asBoolean());
    } else if (value.isArray()) {
      JsonNode items = schema.path("items");
      for (int at = 0; at < value.size(); at++) {
        visit(items, value.get(at), path + "[" + at + "]");
      }
    }
  }

  private void object(JsonNode schema, ObjectNode object, String path, boolean resource) {
    JsonNode properties = schema.path("properties");
    JsonNode additional = schema.path("additionalProperties");
    boolean keepsUnknown = schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()
        || additional.isBoolean() && additional.asBoolean();
    for (String name : fieldNames(object)) {
      String field = path.isEmpty() ? name : path + "." + name;
      if (resource && TYPE_AND_METADATA.contains(name)) {
        continue;
      }
      if (properties.has(name)) {
        visit(properties.get(name), object.get(name), field);
      } else if (additional.isObject()) {
        visit(additional, object.get(name), field);
      } else if (!keepsUnknown) {
        object.remove(name);
        removed.add(field);
      }
    }
  }

  private static List<String> fieldNames(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
