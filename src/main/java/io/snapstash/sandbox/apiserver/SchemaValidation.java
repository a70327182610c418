package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Checks a value against a structural schema. Parts that an update leaves as they were are not checked again: rules
 * that came later than the object do not hold it fast.
 */
final class SchemaValidation {
  private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

  private final List<FieldError> errors = new ArrayList<>();

  private SchemaValidation() {}

  static List<FieldError> check(JsonNode schema, ObjectNode object, Optional<ObjectNode> old) {
    SchemaValidation validation = new SchemaValidation();
    validation.object(schema, object, old.map(JsonNode.class::cast).orElse(null), "", true);
    return validation.errors;
  }

  private void visit(JsonNode schema, JsonNode value, JsonNode old, String path) {
    if (value.equals(old) || schema.isMissingNode()) {
      return;
    }
    if (value.isNull()) {
      if (!schema.path("nullable").asBoolean() && !schema.path("type").asText("").isEmpty()) {
        wrongType(path, value, schema.path("type").asText());
      }
      return;
    }
    if (!typeFits(schema, value)) {
      wrongType(path, value, schema.path("x-kubernetes-int-or-string").asBoolean()
          ? "integer,string" : schema.path("type").asText());
      return;
    }
    enumeration(schema, value, path);
    if (value instanceof ObjectNode object) {
      object(schema, object, old, path, false);
    } else if (value.isArray()) {
      array(schema, value, old, path);
    } else if (value.isTextual()) {
      text(schema, value, path);
    } else if (value.isNumber()) {
      number(schema, value, path);
    }
    composed(schema, value, path);
  }

  private void wrongType(String path, JsonNode value, String type) {
    String shown = value.isTextual() ? value.asText() : value.isNull() ? "null" : value.isArray() ? "array"
        : value.isObject() ? "object" : value.isBoolean() ? "boolean" : value.isIntegralNumber() ? "integer" : "number";
    errors.add(new FieldError("FieldValueTypeInvalid", path, "Invalid value: \"" + shown + "\": " + path
        + " in body must be of type " + type + ": \"" + shown + "\""));
  }

  private static boolean typeFits(JsonNode schema, JsonNode value) {
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      return value.isIntegralNumber() || value.isTextual();
    }
    return switch (schema.path("type").asText("")) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "boolean" -> value.isBoolean();
      case "integer" -> value.isIntegralNumber() || value.isNumber() && value.doubleValue() == Math.rint(value.doubleValue());
      case "number" -> value.isNumber();
      default -> true;
    };
  }

  private void enumeration(JsonNode schema, JsonNode value, String path) {
    JsonNode allowed = schema.path("enum");
    if (!allowed.isArray()) {
      return;
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode one : allowed) {
      if (one.equals(value)) {
        return;
      }
      texts.add(one.asText());
    }
    errors.add(FieldError.unsupported(path, value, texts));
  }

  private void object(JsonNode schema, ObjectNode object, JsonNode old, String path, boolean root) {
    for (JsonNode required : schema.path("required")) {
      if (!object.has(required.asText())) {
        errors.add(FieldError.required(join(path, required.asText()), ""));
      }
    }
    limit(schema, "minProperties", object.size(), true, path, "should have at least %s properties");
    limit(schema, "maxProperties", object.size(), false, path, "should have at most %s properties");
    JsonNode additional = schema.path("additionalProperties");
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (root && SchemaPruning.TYPE_AND_METADATA.contains(field.getKey())) {
        continue;
      }
      JsonNode sub = schema.path("properties").path(field.getKey());
      JsonNode inner = sub.isMissingNode() && additional.isObject() ? additional : sub;
      JsonNode before = old == null ? null : old.get(field.getKey());
      visit(inner, field.getValue(), before, join(path, field.getKey()));
    }
  }

  private void array(JsonNode schema, JsonNode list, JsonNode old, String path) {
    JsonNode most = schema.path("maxItems");
    if (most.isNumber() && list.size() > most.asLong()) {
      errors.add(FieldError.tooMany(path, list.size(), most.asInt()));
    }
    limit(schema, "minItems", list.size(), true, path, "should have at least %s items");
    String listType = schema.path("x-kubernetes-list-type").asText("");
    Set<Object> seen = new HashSet<>();
    for (int at = 0; at < list.size(); at++) {
      JsonNode item = list.get(at);
      String itemPath = path + "[" + at + "]";
      JsonNode before = listType.equals("map") ? SchemaLists.sameKeys(schema, old, item) : null;
      visit(schema.path("items"), item, before, itemPath);
      if (listType.equals("map") && !seen.add(SchemaMerge.keys(schema, item))) {
        errors.add(FieldError.duplicate(itemPath, SchemaLists.keyObject(schema, item)));
      } else if (listType.equals("set") && !seen.add(item)) {
        errors.add(FieldError.duplicate(itemPath, item));
      }
    }
  }

  private void text(JsonNode schema, JsonNode value, String path) {
    String text = value.asText();
    int length = text.codePointCount(0, text.length());
    JsonNode longest = schema.path("maxLength");
    if (longest.isNumber() && length > longest.asLong()) {
      errors.add(FieldError.tooLong(path, longest.asInt()));
    }
    if (schema.has("minLength") && length < schema.path("minLength").asLong()) {
      errors.add(FieldError.invalid(path, value,
          path + " in body should be at least " + schema.path("minLength").asLong() + " chars long"));
    }
    String pattern = schema.path("pattern").asText("");
    if (!pattern.isEmpty() && !compiled(pattern).matcher(text).find()) {
      errors.add(FieldError.invalid(path, value, path + " in body should match '" + pattern + "'"));
    }
    String format = schema.path("format").asText("");
    if (!Formats.fits(format, text)) {
      errors.add(FieldError.invalid(path, value,
          path + " in body must be of type " + format + ": " + value));
    }
  }

  private static Pattern compiled(String pattern) {
    try {
      return PATTERNS.computeIfAbsent(pattern, Pattern::compile);
    } catch (PatternSyntaxException bad) {
      throw Failures.internal("pattern " + pattern + ": " + bad.getMessage());
    }
  }

  private void number(JsonNode schema, JsonNode value, String path) {
    BigDecimal number = value.decimalValue();
    JsonNode least = schema.path("minimum");
    boolean above = schema.path("exclusiveMinimum").asBoolean();
    if (least.isNumber() && (number.compareTo(least.decimalValue()) < 0
        || above && number.compareTo(least.decimalValue()) == 0)) {
      errors.add(FieldError.invalid(path, value, path + " in body should be greater than "
          + (above ? "" : "or equal to ") + least));
    }
    JsonNode most = schema.path("maximum");
    boolean below = schema.path("exclusiveMaximum").asBoolean();
    if (most.isNumber() && (number.compareTo(most.decimalValue()) > 0
        || below && number.compareTo(most.decimalValue()) == 0)) {
      errors.add(FieldError.invalid(path, value, path + " in body should be less than "
          + (below ? "" : "or equal to ") + most));
    }
    JsonNode step = schema.path("multipleOf");
    if (step.isNumber() && number.remainder(step.decimalValue()).signum() != 0) {
      errors.add(FieldError.invalid(path, value, path + " in body should be a multiple of " + step));
    }
    if (schema.path("format").asText().equals("int32") && value.isIntegralNumber() && !value.canConvertToInt()) {
      errors.add(FieldError.invalid(path, value, path + " in body must be of type int32: \"" + value + "\""));
    }
  }

  private void limit(JsonNode schema, String keyword, int size, boolean least, String path, String message) {
    JsonNode limit = schema.path(keyword);
    if (limit.isNumber() && (least ? size < limit.asLong() : size > limit.asLong())) {
      errors.add(FieldError.invalid(path, Integer.toString(size),
          path + " in body " + message.formatted(limit.asText())));
    }
  }

  private void composed(JsonNode schema, JsonNode value, String path) {
    schema.path("allOf").forEach(part -> errors.addAll(alone(part, value, path)));
    if (schema.path("anyOf").isArray() && fitting(schema.path("anyOf"), value, path) == 0) {
      errors.add(FieldError.invalid(path, value, path + " in body must validate at least one schema (anyOf)"));
    }
    if (schema.path("oneOf").isArray() && fitting(schema.path("oneOf"), value, path) != 1) {
      errors.add(FieldError.invalid(path, value, path + " in body must validate one and only one schema (oneOf)"));
    }
    if (schema.has("not") && alone(schema.get("not"), value, path).isEmpty()) {
      errors.add(FieldError.invalid(path, value, path + " in body must not validate the schema (not)"));
    }
  }

  private static long fitting(JsonNode schemas, JsonNode value, String path) {
    long count = 0;
    for (JsonNode schema : schemas) {
      count += alone(schema, value, path).isEmpty() ? 1 : 0;
    }
    return count;
  }

  private static List<FieldError> alone(JsonNode schema, JsonNode value, String path) {
    SchemaValidation validation = new SchemaValidation();
    validation.visit(schema, value, null, path);
    return validation.errors;
  }

  static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
