package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.NullValue;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** JSON as CEL sees it through a schema: fields the schema does not name are not there, awkward names are escaped. */
final class CelValues {
  private static final Set<String> KEYWORDS = Set.of("true", "false", "null", "in", "as", "break", "const", "continue",
      "else", "for", "function", "if", "import", "let", "loop", "package", "namespace", "return", "var", "void", "while");

  private CelValues() {}

  static Object of(JsonNode schema, JsonNode value) {
    if (value instanceof ObjectNode object) {
      return schema.path("additionalProperties").isObject() ? map(schema, object) : object(schema, object);
    }
    if (value.isArray()) {
      List<Object> items = new ArrayList<>();
      value.forEach(item -> items.add(of(schema.path("items"), item)));
      return items;
    }
    if (value.isTextual()) {
      return text(schema, value.asText());
    }
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    if (value.isNumber()) {
      return schema.path("type").asText().equals("number") || !value.isIntegralNumber()
          ? (Object) value.doubleValue() : (Object) value.longValue();
    }
    return NullValue.NULL_VALUE;
  }

  private static Map<String, Object> map(JsonNode schema, ObjectNode object) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      values.put(field.getKey(), of(schema.path("additionalProperties"), field.getValue()));
    }
    return values;
  }

  private static Map<String, Object> object(JsonNode schema, ObjectNode object) {
    Map<String, Object> values = new LinkedHashMap<>();
    JsonNode properties = schema.path("properties");
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (properties.has(field.getKey())) {
        values.put(escaped(field.getKey()), of(properties.get(field.getKey()), field.getValue()));
      }
    }
    return values;
  }

  /** The whole object: of its metadata only the names are to be seen. */
  static Map<String, Object> root(JsonNode schema, ObjectNode object) {
    Map<String, Object> values = object(schema, object);
    values.put("apiVersion", object.path("apiVersion").asText());
    values.put("kind", object.path("kind").asText());
    Map<String, Object> metadata = new LinkedHashMap<>();
    for (String field : List.of("name", "generateName")) {
      if (object.path("metadata").has(field)) {
        metadata.put(field, object.path("metadata").path(field).asText());
      }
    }
    values.put("metadata", metadata);
    return values;
  }

  private static Object text(JsonNode schema, String text) {
    if (schema.path("format").asText().equals("date-time")) {
      try {
        return OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeException _) {
        return text;
      }
    }
    return text;
  }

  static String escaped(String name) {
    if (KEYWORDS.contains(name)) {
      return "__" + name + "__";
    }
    return name.replace("__", "__underscores__").replace(".", "__dot__").replace("-", "__dash__")
        .replace("/", "__slash__");
  }
}
