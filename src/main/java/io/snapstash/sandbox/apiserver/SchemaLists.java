package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Lists whose elements are known by keys. */
final class SchemaLists {
  private SchemaLists() {}

  /** The element of the old list with the same keys, or null. */
  static JsonNode sameKeys(JsonNode listSchema, JsonNode oldList, JsonNode element) {
    if (oldList != null) {
      for (JsonNode candidate : oldList) {
        if (SchemaMerge.keys(listSchema, candidate).equals(SchemaMerge.keys(listSchema, element))) {
          return candidate;
        }
      }
    }
    return null;
  }

  static ObjectNode keyObject(JsonNode listSchema, JsonNode element) {
    ObjectNode keys = JsonNodeFactory.instance.objectNode();
    for (JsonNode key : listSchema.path("x-kubernetes-list-map-keys")) {
      if (element.has(key.asText())) {
        keys.set(key.asText(), element.get(key.asText()));
      }
    }
    return keys;
  }
}
