package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a CustomResourceDefinition must say, as far as mistakes are common. */
final class DefinitionCheck {
  private final List<FieldError> errors = new ArrayList<>();

  private DefinitionCheck() {}

  static List<FieldError> check(ObjectNode definition, Optional<ObjectNode> old) {
    DefinitionCheck check = new DefinitionCheck();
    JsonNode spec = definition.path("spec");
    check.names(definition, spec);
    check.versions(spec);
    old.ifPresent(before -> check.unchanged(spec, before.path("spec")));
    return check.errors;
  }

  private void names(ObjectNode definition, JsonNode spec) {
    require(spec, "group", "spec.group");
    require(spec.path("names"), "plural", "spec.names.plural");
    require(spec.path("names"), "kind", "spec.names.kind");
    if (!List.of("Namespaced", "Cluster").contains(spec.path("scope").asText())) {
      errors.add(FieldError.unsupported("spec.scope", spec.path("scope"), List.of("Cluster", "Namespaced")));
    }
    String expected = spec.path("names").path("plural").asText() + "." + spec.path("group").asText();
    if (!Metadata.text(definition, "name").equals(expected)) {
      errors.add(FieldError.invalid("metadata.name", Metadata.text(definition, "name"),
          "must be spec.names.plural+\".\"+spec.group"));
    }
  }

  private void versions(JsonNode spec) {
    int storage = 0;
    JsonNode versions = spec.path("versions");
    for (int at = 0; at < versions.size(); at++) {
      JsonNode version = versions.get(at);
      storage += version.path("storage").asBoolean() ? 1 : 0;
      String path = "spec.versions[" + at + "].schema.openAPIV3Schema";
      JsonNode schema = version.path("schema").path("openAPIV3Schema");
      if (schema.isMissingNode()) {
        errors.add(FieldError.required(path, "schemas are required"));
      } else if (!schema.path("type").asText().equals("object")) {
        errors.add(FieldError.required(path + ".type", "must be object at the root"));
      }
      errors.addAll(CelRules.mistakes(schema, path));
    }
    if (storage != 1) {
      errors.add(FieldError.invalid("spec.versions", versions, "must have exactly one version marked as storage version"));
    }
  }

  private void unchanged(JsonNode spec, JsonNode old) {
    for (String field : List.of("group", "scope")) {
      same(spec, old, field, "spec." + field);
    }
    same(spec.path("names"), old.path("names"), "plural", "spec.names.plural");
    same(spec.path("names"), old.path("names"), "kind", "spec.names.kind");
  }

  private void same(JsonNode object, JsonNode old, String field, String path) {
    if (!object.path(field).equals(old.path(field))) {
      errors.add(FieldError.invalid(path, object.path(field), "field is immutable"));
    }
  }

  private void require(JsonNode object, String field, String path) {
    if (object.path(field).asText("").isEmpty()) {
      errors.add(FieldError.required(path, ""));
    }
  }
}
