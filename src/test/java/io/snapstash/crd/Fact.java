package io.snapstash.crd;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a schema says about one place: its name ({@code []} for items, {@code *} for values of a map), type, marks such
 * as {@code enum} and {@code default}, and what is below. Rules and texts for people are left out.
 */
record Fact(String name, String type, Map<String, String> marks, List<Fact> below) {
  private static final List<String> KEPT = List.of(
      "format", "default", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "pattern",
      "nullable", "x-kubernetes-map-type", "x-kubernetes-list-type", "x-kubernetes-list-map-keys",
      "x-kubernetes-preserve-unknown-fields");

  Fact {
    marks = Map.copyOf(marks);
    below = List.copyOf(below);
  }

  /** Reads a schema, with everything below in alphabetical order. */
  static Fact of(String name, JsonNode schema, boolean required) {
    Map<String, String> marks = new TreeMap<>();
    KEPT.stream().filter(schema::has)
        .forEach(key -> marks.put(key.replace("x-kubernetes-", ""), schema.path(key).toString()));
    JsonNode values = schema.has("enum") ? schema.path("enum") : schema.at("/allOf/0/enum");
    if (values.isArray()) {
      List<String> texts = new ArrayList<>();
      values.forEach(value -> texts.add(value.asText()));
      marks.put("enum", String.join("|", texts.stream().sorted().toList()));
    }
    if (required) {
      marks.put("required", "true");
    }
    boolean either = schema.path("x-kubernetes-int-or-string").asBoolean();
    return new Fact(name, either ? "int-or-string" : schema.path("type").asText(), marks, below(schema));
  }

  private static List<Fact> below(JsonNode schema) {
    List<String> required = new ArrayList<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    List<Fact> below = new ArrayList<>();
    schema.path("properties").properties().forEach(property ->
        below.add(of(property.getKey(), property.getValue(), required.contains(property.getKey()))));
    below.sort(Comparator.comparing(Fact::name));
    if (schema.path("items").isObject()) {
      below.add(of("[]", schema.path("items"), false));
    }
    if (schema.path("additionalProperties").isObject()) {
      below.add(of("*", schema.path("additionalProperties"), false));
    }
    return below;
  }

  Optional<Fact> child(String name) {
    return below.stream().filter(fact -> fact.name().equals(name)).findFirst();
  }

  boolean keepsUnknownFields() {
    return marks.containsKey("preserve-unknown-fields");
  }
}
