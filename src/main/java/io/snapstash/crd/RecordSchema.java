package io.snapstash.crd;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.schema.Allowed;
import io.snapstash.api.schema.Default;
import io.snapstash.api.schema.Doc;
import io.snapstash.api.schema.Format;
import io.snapstash.api.schema.Holds;
import io.snapstash.api.schema.IntOrString;
import io.snapstash.api.schema.Limit;
import io.snapstash.api.schema.ListMap;
import io.snapstash.api.schema.ListType;
import io.snapstash.api.schema.MapType;
import io.snapstash.api.schema.Matches;
import io.snapstash.api.schema.Minimum;
import io.snapstash.api.schema.Required;
import io.snapstash.api.schema.Rule;
import io.snapstash.api.schema.Templated;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The structural schema of a record: types from the components, everything else from their annotations. An embedded
 * core object ({@code JsonNode}) keeps whatever it holds; that is the only place where unknown fields are kept.
 *
 * @param templated whether texts may hold <code>${…}</code>
 */
record RecordSchema(boolean templated) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** The schema of a record type. */
  ObjectNode of(Class<?> type) {
    ObjectNode schema = JSON.objectNode().put("type", "object");
    mapType(type, schema);
    ArrayNode required = JSON.arrayNode();
    ObjectNode properties = JSON.objectNode();
    for (RecordComponent component : type.getRecordComponents()) {
      String name = nameOf(component);
      properties.set(name, of(component));
      if (component.isAnnotationPresent(Required.class)) {
        required.add(name);
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    schema.set("properties", properties);
    rules(type, schema);
    return schema;
  }

  /** Adds the rules of an element to its schema. */
  static void rules(AnnotatedElement element, ObjectNode schema) {
    for (Rule rule : element.getAnnotationsByType(Rule.class)) {
      schema.withArray("x-kubernetes-validations").addObject()
          .put("rule", rule.value())
          .put("message", rule.message());
    }
  }

  /** Adds what people read about an element to its schema. */
  static void description(AnnotatedElement element, ObjectNode schema) {
    if (element.getAnnotation(Doc.class) instanceof Doc doc) {
      schema.put("description", doc.value());
    }
  }

  private ObjectNode of(RecordComponent component) {
    boolean below = templated || component.isAnnotationPresent(Templated.class);
    ObjectNode schema = JSON.objectNode();
    description(component, schema);
    schema.setAll(new RecordSchema(below).of(component.getGenericType(), component));
    limits(component, schema);
    mapType(component, schema);
    rules(component, schema);
    return schema;
  }

  private ObjectNode of(Type type, RecordComponent component) {
    if (type instanceof ParameterizedType generic) {
      Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
      return generic.getRawType() == Map.class ? mapOf(last, component) : listOf(last, component);
    }
    return switch ((Class<?>) type) {
      case Class<?> c when c == String.class -> JSON.objectNode().put("type", "string");
      case Class<?> c when c == Boolean.class -> JSON.objectNode().put("type", "boolean");
      case Class<?> c when c == Integer.class -> number("integer", "int32", component);
      case Class<?> c when c == Long.class -> number("integer", "int64", component);
      case Class<?> c when c == Double.class -> number("number", "double", component);
      case Class<?> c when c == Instant.class -> JSON.objectNode().put("type", "string").put("format", "date-time");
      case Class<?> c when c == JsonNode.class -> embedded(component);
      case Class<?> c when c.isRecord() -> of(c);
      case Class<?> c -> throw new IllegalArgumentException(
          "no schema for " + c + " of " + component.getDeclaringRecord().getSimpleName() + "." + component.getName());
    };
  }

  private ObjectNode number(String type, String format, RecordComponent component) {
    Format own = component.getAnnotation(Format.class);
    String chosen = own == null ? format : own.value();
    ObjectNode schema = JSON.objectNode().put("type", type);
    return chosen.isEmpty() ? schema : schema.put("format", chosen);
  }

  private ObjectNode mapOf(Type value, RecordComponent component) {
    ObjectNode schema = JSON.objectNode().put("type", "object");
    schema.set("additionalProperties", of(value, component));
    return schema;
  }

  private ObjectNode listOf(Type item, RecordComponent component) {
    ObjectNode schema = JSON.objectNode().put("type", "array");
    ListMap keys = component.getAnnotation(ListMap.class);
    ListType type = component.getAnnotation(ListType.class);
    if (keys != null) {
      schema.put("x-kubernetes-list-type", "map");
      List.of(keys.value()).forEach(schema.putArray("x-kubernetes-list-map-keys")::add);
    } else if (type != null) {
      schema.put("x-kubernetes-list-type", type.value());
    }
    schema.set("items", of(item, component));
    return schema;
  }

  private static ObjectNode embedded(RecordComponent component) {
    if (component.isAnnotationPresent(IntOrString.class)) {
      ObjectNode schema = JSON.objectNode();
      ArrayNode types = schema.putArray("anyOf");
      types.addObject().put("type", "integer");
      types.addObject().put("type", "string");
      return schema.put("x-kubernetes-int-or-string", true);
    }
    ObjectNode schema = JSON.objectNode().put("type", "object");
    List<String> known = knownTexts(component);
    if (!known.isEmpty()) {
      known.forEach(schema.putArray("required")::add);
      known.forEach(name -> schema.withObject("/properties").putObject(name).put("type", "string"));
    }
    return schema.put("x-kubernetes-preserve-unknown-fields", true);
  }

  private static List<String> knownTexts(RecordComponent component) {
    if (component.getAnnotation(ListMap.class) instanceof ListMap keys) {
      return List.of(keys.value());
    }
    return component.getAnnotation(Holds.class) instanceof Holds holds ? List.of(holds.value()) : List.of();
  }

  private void limits(RecordComponent component, ObjectNode schema) {
    String type = schema.path("type").asText();
    if (component.getAnnotation(Required.class) instanceof Required required && required.notEmpty()) {
      schema.put(type.equals("array") ? "minItems" : "minLength", 1);
    }
    if (component.getAnnotation(Limit.class) instanceof Limit limit) {
      schema.put(type.equals("array") ? "maxItems" : "maxLength", limit.value());
    }
    if (component.getAnnotation(Minimum.class) instanceof Minimum minimum) {
      schema.put("minimum", minimum.value());
    }
    if (component.getAnnotation(Matches.class) instanceof Matches matches) {
      schema.put("pattern", templated() ? "\\$\\{|" + matches.value() : matches.value());
    }
    if (component.getAnnotation(Allowed.class) instanceof Allowed allowed) {
      List.of(allowed.value()).forEach(schema.putArray("enum")::add);
    }
    if (component.getAnnotation(Default.class) instanceof Default preset) {
      schema.set("default", switch (type) {
        case "string" -> JSON.textNode(preset.value());
        case "boolean" -> JSON.booleanNode(Boolean.parseBoolean(preset.value()));
        case "integer" -> JSON.numberNode(Integer.parseInt(preset.value()));
        default -> throw new IllegalArgumentException("no default for " + type);
      });
    }
  }

  private static void mapType(AnnotatedElement element, ObjectNode schema) {
    if (element.getAnnotation(MapType.class) instanceof MapType type) {
      schema.put("x-kubernetes-map-type", type.value());
    }
  }

  private static String nameOf(RecordComponent component) {
    JsonProperty own = component.getAccessor().getAnnotation(JsonProperty.class);
    return own == null ? component.getName() : own.value();
  }
}
