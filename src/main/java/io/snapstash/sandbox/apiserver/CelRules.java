package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cel.runtime.CelEvaluationException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The {@code x-kubernetes-validations} of a schema. Rules about {@code oldSelf} run only where an old value is known
 * to belong to the new one: not below lists, unless their elements have keys. Parts that did not change are passed over.
 */
final class CelRules {
  /** One rule with what is told when it does not hold; empty texts are absent. */
  private record Rule(String text, String message, String messageExpression, String reason, String fieldPath,
      boolean transition, boolean oldOptional) {
    private static final Pattern OLD = Pattern.compile("\\boldSelf\\b");

    static Rule of(JsonNode rule) {
      String text = rule.path("rule").asText();
      return new Rule(text, rule.path("message").asText(""), rule.path("messageExpression").asText(""),
          rule.path("reason").asText("FieldValueInvalid"), rule.path("fieldPath").asText(""), OLD.matcher(text).find(),
          rule.path("optionalOldSelf").asBoolean());
    }
  }

  /** A place in the schema with rules of its own or below. */
  private record Place(JsonNode schema, List<Rule> rules, Map<String, Place> fields, Optional<Place> values,
      Optional<Place> items) {
    static Optional<Place> of(JsonNode schema) {
      List<Rule> rules = new ArrayList<>();
      schema.path("x-kubernetes-validations").forEach(rule -> rules.add(Rule.of(rule)));
      Map<String, Place> fields = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
        of(property.getValue()).ifPresent(place -> fields.put(property.getKey(), place));
      }
      JsonNode additional = schema.path("additionalProperties");
      Optional<Place> values = additional.isObject() ? of(additional) : Optional.empty();
      Optional<Place> items = schema.has("items") ? of(schema.get("items")) : Optional.empty();
      boolean empty = rules.isEmpty() && fields.isEmpty() && values.isEmpty() && items.isEmpty();
      return empty ? Optional.empty() : Optional.of(new Place(schema, rules, fields, values, items));
    }
  }

  private final Optional<Place> root;

  CelRules(JsonNode schema) {
    this.root = Place.of(schema);
  }

  boolean any() {
    return root.isPresent();
  }

  /** Rules of a schema that cannot be compiled. */
  static List<FieldError> mistakes(JsonNode schema, String path) {
    List<FieldError> mistakes = new ArrayList<>();
    Place.of(schema).ifPresent(place -> collect(place, path, mistakes));
    return mistakes;
  }

  private static void collect(Place place, String path, List<FieldError> mistakes) {
    for (int at = 0; at < place.rules().size(); at++) {
      String text = place.rules().get(at).text();
      String field = path + ".x-kubernetes-validations[" + at + "].rule";
      Cel.mistake(text).ifPresent(why -> mistakes.add(FieldError.invalid(field, text, why)));
    }
    place.fields().forEach((name, inner) -> collect(inner, path + ".properties[" + name + "]", mistakes));
    place.values().ifPresent(inner -> collect(inner, path + ".additionalProperties", mistakes));
    place.items().ifPresent(inner -> collect(inner, path + ".items", mistakes));
  }

  List<FieldError> check(ObjectNode object, Optional<ObjectNode> old) {
    List<FieldError> errors = new ArrayList<>();
    root.ifPresent(place -> {
      Object self = CelValues.root(place.schema(), object);
      Optional<Object> before = old.map(tree -> CelValues.root(place.schema(), tree));
      for (Rule rule : place.rules()) {
        run(rule, self, before, "", errors);
      }
      below(place, object, old.orElse(null), "", errors);
    });
    return errors;
  }

  private static void visit(Place place, JsonNode value, JsonNode old, String path, List<FieldError> errors) {
    if (value == null || value.isNull() || value.equals(old)) {
      return;
    }
    if (!place.rules().isEmpty()) {
      Object self = CelValues.of(place.schema(), value);
      Optional<Object> before = Optional.ofNullable(old).filter(node -> !node.isNull())
          .map(node -> CelValues.of(place.schema(), node));
      for (Rule rule : place.rules()) {
        run(rule, self, before, path, errors);
      }
    }
    below(place, value, old, path, errors);
  }

  private static void below(Place place, JsonNode value, JsonNode old, String path, List<FieldError> errors) {
    place.fields().forEach((name, inner) -> visit(inner, value.get(name), old == null ? null : old.get(name),
        SchemaValidation.join(path, name), errors));
    place.values().ifPresent(inner -> {
      for (Map.Entry<String, JsonNode> entry : value.properties()) {
        visit(inner, entry.getValue(), old == null ? null : old.get(entry.getKey()),
            path + "[" + entry.getKey() + "]", errors);
      }
    });
    place.items().ifPresent(inner -> {
      boolean keyed = place.schema().path("x-kubernetes-list-type").asText().equals("map");
      for (int at = 0; at < value.size(); at++) {
        JsonNode before = keyed ? SchemaLists.sameKeys(place.schema(), old, value.get(at)) : null;
        visit(inner, value.get(at), before, path + "[" + at + "]", errors);
      }
    });
  }

  private static void run(Rule rule, Object self, Optional<Object> old, String path, List<FieldError> errors) {
    if (rule.transition() && old.isEmpty() && !rule.oldOptional()) {
      return;
    }
    Map<String, Object> variables = new HashMap<>();
    variables.put("self", self);
    if (rule.oldOptional()) {
      variables.put("oldSelf", old);
    } else {
      old.ifPresent(before -> variables.put("oldSelf", before));
    }
    String field = path + rule.fieldPath();
    String place = field.startsWith(".") ? field.substring(1) : field;
    try {
      if (!Boolean.TRUE.equals(Cel.evaluate(rule.text(), variables))) {
        errors.add(broken(rule, variables, place));
      }
    } catch (CelEvaluationException | IllegalStateException failure) {
      errors.add(new FieldError("FieldValueInvalid", place, "Invalid value: rule evaluation error: "
          + failure.getMessage()));
    }
  }

  private static FieldError broken(Rule rule, Map<String, Object> variables, String path) {
    String message = message(rule, variables);
    return switch (rule.reason()) {
      case "FieldValueRequired" -> FieldError.required(path, message);
      case "FieldValueForbidden" -> FieldError.forbidden(path, message);
      case "FieldValueDuplicate" -> new FieldError(rule.reason(), path, "Duplicate value: " + message);
      default -> new FieldError("FieldValueInvalid", path, "Invalid value: " + message);
    };
  }

  private static String message(Rule rule, Map<String, Object> variables) {
    String fixed = rule.message().isEmpty() ? "failed rule: " + rule.text().strip() : rule.message();
    if (rule.messageExpression().isEmpty()) {
      return fixed;
    }
    try {
      return Cel.evaluate(rule.messageExpression(), variables) instanceof String text && !text.isBlank() ? text : fixed;
    } catch (CelEvaluationException | IllegalStateException _) {
      return fixed;
    }
  }
}
