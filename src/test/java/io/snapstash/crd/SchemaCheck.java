package io.snapstash.crd;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What an API server with strict decoding says about an object, as far as no CEL is needed. */
final class SchemaCheck {
  private final List<String> complaints = new ArrayList<>();

  static List<String> complaints(JsonNode schema, JsonNode value) {
    SchemaCheck check = new SchemaCheck();
    check.value("", schema, value);
    return check.complaints;
  }

  private void value(String path, JsonNode schema, JsonNode value) {
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      require(value.isIntegralNumber() || value.isTextual(), path, "not int-or-string");
      return;
    }
    switch (schema.path("type").asText()) {
      case "object" -> object(path, schema, value);
      case "array" -> array(path, schema, value);
      case "string" -> text(path, schema, value);
      case "integer" -> require(value.isIntegralNumber()
          && value.asLong() >= schema.path("minimum").asLong(Long.MIN_VALUE), path, "not integer");
      case "boolean" -> require(value.isBoolean(), path, "not boolean");
      default -> require(value.isNumber(), path, "not number");
    }
  }

  private void object(String path, JsonNode schema, JsonNode value) {
    require(value.isObject(), path, "not object");
    schema.path("required").forEach(name -> require(value.has(name.asText()), path, "needs " + name.asText()));
    boolean open = path.equals("metadata") || schema.path("x-kubernetes-preserve-unknown-fields").asBoolean();
    value.properties().forEach(field -> {
      String place = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
      JsonNode known = schema.path("properties").has(field.getKey())
          ? schema.path("properties").path(field.getKey())
          : schema.path("additionalProperties");
      if (known.isObject()) {
        value(place, known, field.getValue());
      } else {
        require(open, place, "unknown field");
      }
    });
  }

  private void array(String path, JsonNode schema, JsonNode value) {
    require(value.isArray() && value.size() >= schema.path("minItems").asInt(), path, "not array");
    require(value.size() <= schema.path("maxItems").asInt(Integer.MAX_VALUE), path, "too long");
    for (int index = 0; index < value.size(); index++) {
      value(path + "[" + index + "]", schema.path("items"), value.get(index));
    }
  }

  private void text(String path, JsonNode schema, JsonNode value) {
    String text = value.asText();
    require(value.isTextual() && text.length() >= schema.path("minLength").asInt(), path, "not string");
    require(text.length() <= schema.path("maxLength").asInt(Integer.MAX_VALUE), path, "too long");
    require(Pattern.compile(schema.path("pattern").asText()).matcher(text).find(), path, "does not match");
    if (schema.has("enum")) {
      List<String> allowed = new ArrayList<>();
      schema.path("enum").forEach(one -> allowed.add(one.asText()));
      require(allowed.contains(text), path, "not one of " + allowed);
    }
  }

  private void require(boolean met, String path, String complaint) {
    if (!met) {
      complaints.add(path + ": " + complaint);
    }
  }
}
