package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.Quantity;
import io.snapstash.api.Json;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which fields the objects of built-in kinds have, and of what type: as the client library's classes know them. May be
 * used from any thread.
 */
final class BuiltinModel {
  private static final String MODELS = "io.fabric8.kubernetes.api.model.";
  private static final Map<String, String> PACKAGES = Map.ofEntries(Map.entry("", ""), Map.entry("apps", "apps."),
      Map.entry("batch", "batch.v1."), Map.entry("policy", "policy.v1."), Map.entry("events.k8s.io", "events.v1."),
      Map.entry("networking.k8s.io", "networking.v1."), Map.entry("discovery.k8s.io", "discovery.v1."),
      Map.entry("coordination.k8s.io", "coordination.v1."), Map.entry("rbac.authorization.k8s.io", "rbac."),
      Map.entry("storage.k8s.io", "storage."), Map.entry("scheduling.k8s.io", "scheduling.v1."));

  private final Map<Class<?>, Map<String, JavaType>> fields = new ConcurrentHashMap<>();
  private final Map<String, Optional<JavaType>> kinds = new ConcurrentHashMap<>();

  /** A value of another type than its field's. */
  static final class WrongType extends Exception {
    private static final long serialVersionUID = 1L;

    private WrongType(JsonNode value, String field, String wanted) {
      super("json: cannot unmarshal " + value.getNodeType().name().toLowerCase(Locale.ROOT)
          + " into Go struct field " + field + " of type " + wanted, null, false, false);
    }
  }

  /** Finds out all about a kind; when left to the first request, that request waits for it. */
  void learn(ApiResource resource) {
    Deque<JavaType> open = new ArrayDeque<>();
    type(resource).ifPresent(open::add);
    while (!open.isEmpty()) {
      JavaType type = open.poll();
      JavaType inner = type.isContainerType() ? type.getContentType() : type;
      if (inner.isContainerType()) {
        open.add(inner);
      } else if (!isOpaque(inner.getRawClass()) && !isScalar(inner.getRawClass())
          && !fields.containsKey(inner.getRawClass())) {
        open.addAll(fields(inner).values());
      }
    }
  }

  private Optional<JavaType> type(ApiResource resource) {
    return kinds.computeIfAbsent(resource.group() + "/" + resource.kind(), _ -> find(resource));
  }

  private Map<String, JavaType> fields(JavaType type) {
    return fields.computeIfAbsent(type.getRawClass(), _ -> fieldsOf(type));
  }

  /** Takes unknown fields out of the object, and answers where they were. */
  List<String> prune(ApiResource resource, ObjectNode object) throws WrongType {
    Optional<JavaType> type = type(resource);
    List<String> unknown = new ArrayList<>();
    if (type.isPresent()) {
      bean(type.get(), object, "", "", unknown);
    }
    return unknown;
  }

  private static Optional<JavaType> find(ApiResource resource) {
    String folder = PACKAGES.get(resource.group());
    try {
      return folder == null ? Optional.empty()
          : Optional.of(Json.MAPPER.constructType(Class.forName(MODELS + folder + resource.kind())));
    } catch (ClassNotFoundException _) {
      return Optional.empty();
    }
  }

  /**
   * @param place where it is, with places in lists
   * @param path the same without them, which is how a wrong type is told
   */
  private void bean(JavaType type, ObjectNode object, String place, String path, List<String> unknown)
      throws WrongType {
    Map<String, JavaType> known = fields(type);
    Iterator<Map.Entry<String, JsonNode>> entries = object.properties().iterator();
    while (entries.hasNext()) {
      Map.Entry<String, JsonNode> entry = entries.next();
      String name = entry.getKey();
      if (known.containsKey(name)) {
        String below = path.isEmpty() ? name : path + "." + name;
        value(new Slot(type.getRawClass().getSimpleName() + "." + below, place.isEmpty() ? name : place + "." + name, below),
            known.get(name), entry.getValue(), unknown);
      } else {
        unknown.add(place.isEmpty() ? name : place + "." + name);
        entries.remove();
      }
    }
  }

  /** By plain reflection: to let Jackson find the same out takes many times as long, while requests wait. */
  private static Map<String, JavaType> fieldsOf(JavaType type) {
    Map<String, JavaType> fields = new HashMap<>();
    for (Field field : type.getRawClass().getDeclaredFields()) {
      JsonProperty property = field.getAnnotation(JsonProperty.class);
      if (property != null) {
        fields.put(property.value(), Json.MAPPER.constructType(field.getGenericType()));
      }
    }
    return fields;
  }

  /** Where a value is: as a wrong type tells it, with places in lists, and without. */
  private record Slot(String field, String place, String path) {
    Slot at(String suffix) {
      return new Slot(field, place + suffix, path);
    }
  }

  private void value(Slot slot, JavaType type, JsonNode value, List<String> unknown) throws WrongType {
    Class<?> wanted = type.getRawClass();
    if (value.isNull() || isOpaque(wanted)) {
      return;
    }
    if (type.isMapLikeType()) {
      require(value.isObject(), slot, value, "map[string]" + goName(type.getContentType().getRawClass()));
      for (Map.Entry<String, JsonNode> entry : value.properties()) {
        value(slot.at("." + entry.getKey()), type.getContentType(), entry.getValue(), unknown);
      }
    } else if (type.isCollectionLikeType()) {
      require(value.isArray(), slot, value, "[]" + goName(type.getContentType().getRawClass()));
      for (int index = 0; index < value.size(); index++) {
        value(slot.at("[" + index + "]"), type.getContentType(), value.get(index), unknown);
      }
    } else if (isScalar(wanted)) {
      require(fits(wanted, value), slot, value, goName(wanted));
    } else {
      require(value.isObject(), slot, value, wanted.getSimpleName());
      bean(type, (ObjectNode) value, slot.place(), slot.path(), unknown);
    }
  }

  private static void require(boolean fits, Slot slot, JsonNode value, String wanted) throws WrongType {
    if (!fits) {
      throw new WrongType(value, slot.field(), wanted);
    }
  }

  private static boolean isOpaque(Class<?> type) {
    return type == Object.class || JsonNode.class.isAssignableFrom(type) || type.getSimpleName().equals("FieldsV1")
        || type.getSimpleName().equals("RawExtension")
        || !isScalar(type) && !Map.class.isAssignableFrom(type) && !Iterable.class.isAssignableFrom(type)
            && Modifier.isAbstract(type.getModifiers());
  }

  private static boolean isScalar(Class<?> type) {
    return type.isPrimitive() || type.isEnum() || type.isArray() || type.getName().startsWith("java.")
        && !Map.class.isAssignableFrom(type) && !Iterable.class.isAssignableFrom(type) || type == Quantity.class
        || type == IntOrString.class || type == MicroTime.class || type.getSimpleName().equals("Duration");
  }

  private static boolean fits(Class<?> wanted, JsonNode value) {
    if (wanted == Integer.class || wanted == Long.class || wanted == int.class || wanted == long.class) {
      return value.isIntegralNumber();
    }
    if (wanted == Boolean.class || wanted == boolean.class) {
      return value.isBoolean();
    }
    if (wanted == Quantity.class || wanted == IntOrString.class) {
      return value.isTextual() || value.isNumber();
    }
    return Number.class.isAssignableFrom(wanted) ? value.isNumber() : value.isTextual();
  }

  private static String goName(Class<?> type) {
    return type == Integer.class ? "int32" : type == Long.class ? "int64" : type == Boolean.class ? "bool"
        : type == String.class ? "string" : type.getSimpleName();
  }
}
