package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The merge of built-in kinds: lists of objects by a key, some lists of texts as sets, and directives. The keys are
 * known by the name of the list, not by its place, which tells apart all lists that matter here.
 */
final class StrategicMerge {
  private static final Map<String, List<String>> KEYS = Map.ofEntries(
      Map.entry("containers", List.of("name")), Map.entry("initContainers", List.of("name")),
      Map.entry("ephemeralContainers", List.of("name")), Map.entry("volumes", List.of("name")),
      Map.entry("env", List.of("name")), Map.entry("volumeMounts", List.of("mountPath")),
      Map.entry("volumeDevices", List.of("devicePath")), Map.entry("ports", List.of("containerPort", "port")),
      Map.entry("imagePullSecrets", List.of("name")), Map.entry("secrets", List.of("name")),
      Map.entry("hostAliases", List.of("ip")), Map.entry("ownerReferences", List.of("uid")),
      Map.entry("conditions", List.of("type")), Map.entry("taints", List.of("key")),
      Map.entry("topologySpreadConstraints", List.of("topologyKey")), Map.entry("webhooks", List.of("name")),
      Map.entry("addresses", List.of("type")), Map.entry("containerStatuses", List.of("name")),
      Map.entry("initContainerStatuses", List.of("name")));
  private static final Set<String> SETS = Set.of("finalizers");
  private static final String DIRECTIVE = "$patch";

  private StrategicMerge() {}

  static ObjectNode apply(JsonNode target, ObjectNode patch) {
    ObjectNode result = target instanceof ObjectNode object ? object.deepCopy() : patch.objectNode();
    if (patch.path(DIRECTIVE).asText().equals("replace")) {
      result = patch.objectNode();
    }
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      if (field.getKey().startsWith("$")) {
        directive(result, field.getKey(), field.getValue());
      } else {
        merge(result, field.getKey(), field.getValue());
      }
    }
    return result;
  }

  private static void merge(ObjectNode result, String name, JsonNode value) {
    JsonNode before = result.path(name);
    if (value.isNull()) {
      result.remove(name);
    } else if (value instanceof ObjectNode nested) {
      if (nested.path(DIRECTIVE).asText().equals("delete")) {
        result.remove(name);
      } else {
        result.set(name, apply(before, nested));
      }
    } else if (value instanceof ArrayNode list && SETS.contains(name)) {
      Set<JsonNode> all = new LinkedHashSet<>();
      before.forEach(all::add);
      list.forEach(all::add);
      result.putArray(name).addAll(all);
    } else if (value instanceof ArrayNode list && KEYS.containsKey(name)) {
      result.set(name, byKey(before, list, KEYS.get(name)));
    } else {
      result.set(name, value.deepCopy());
    }
  }

  private static ArrayNode byKey(JsonNode before, ArrayNode patch, List<String> keys) {
    ArrayNode merged = before instanceof ArrayNode list ? list.deepCopy() : patch.arrayNode();
    for (JsonNode element : patch) {
      if (element.path(DIRECTIVE).asText().equals("replace")) {
        ArrayNode replacement = patch.arrayNode();
        patch.forEach(other -> {
          if (!other.has(DIRECTIVE)) {
            replacement.add(other.deepCopy());
          }
        });
        return replacement;
      }
    }
    for (JsonNode element : patch) {
      int at = indexOf(merged, element, keys);
      if (element.path(DIRECTIVE).asText().equals("delete")) {
        if (at >= 0) {
          merged.remove(at);
        }
      } else if (!(element instanceof ObjectNode object)) {
        merged.add(element);
      } else if (at >= 0) {
        merged.set(at, apply(merged.get(at), object));
      } else {
        merged.add(apply(patch.objectNode(), object));
      }
    }
    return merged;
  }

  private static int indexOf(ArrayNode list, JsonNode element, List<String> keys) {
    for (String key : keys) {
      if (element.has(key)) {
        for (int at = 0; at < list.size(); at++) {
          if (list.get(at).path(key).equals(element.get(key))) {
            return at;
          }
        }
        return -1;
      }
    }
    return -1;
  }

  private static void directive(ObjectNode result, String name, JsonNode value) {
    String deletion = "$deleteFromPrimitiveList/";
    if (name.startsWith(deletion)) {
      String field = name.substring(deletion.length());
      Set<JsonNode> left = new LinkedHashSet<>();
      result.path(field).forEach(left::add);
      value.forEach(left::remove);
      result.putArray(field).addAll(left);
    } else if (name.equals("$retainKeys")) {
      Set<String> kept = new LinkedHashSet<>();
      value.forEach(key -> kept.add(key.asText()));
      result.properties().removeIf(entry -> !kept.contains(entry.getKey()));
    }
  }
}
