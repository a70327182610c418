package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** How objects of a custom kind look: pruning, defaults, validation and merging by one structural schema. */
final class Schema {
  static final JsonNode ANYTHING = JsonNodeFactory.instance.objectNode()
      .put("type", "object").put("x-kubernetes-preserve-unknown-fields", true);

  private final JsonNode root;

  Schema(JsonNode root) {
    this.root = root;
  }

  JsonNode root() {
    return root;
  }

  /** Removes what the schema does not know; answers the paths. */
  List<String> prune(ObjectNode object) {
    return SchemaPruning.prune(root, object);
  }

  void applyDefaults(ObjectNode object) {
    SchemaDefaults.apply(root, object);
  }

  List<FieldError> validate(ObjectNode object, Optional<ObjectNode> old) {
    return SchemaValidation.check(root, object, old);
  }

  /** Server-side apply without ownership: maps merge, lists with keys merge by key, all else replaces. */
  ObjectNode applyOver(ObjectNode object, ObjectNode applied) {
    return SchemaMerge.apply(root, object, applied);
  }
}
