package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** The CEL rules of a schema. */
final class CelRules {
  CelRules(JsonNode schema) {}

  static List<FieldError> mistakes(JsonNode schema, String path) {
    return List.of();
  }

  boolean any() {
    return false;
  }

  List<FieldError> check(ObjectNode object, Optional<ObjectNode> old) {
    return List.of();
  }
}
