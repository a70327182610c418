package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Picks the way a patch is applied by its content type. */
final class Patches {
  private Patches() {}

  /** The object as it would be; what is stored is not touched. */
  static JsonNode apply(ApiResource resource, ApiRequest request, ObjectNode object) {
    JsonNode patch = Body.tree(request);
    return switch (request.contentType()) {
      case "application/merge-patch+json" -> merge(object, requireObject(patch));
      case "application/json-patch+json" -> JsonPatch.apply(object, patch);
      case "application/strategic-merge-patch+json" -> {
        if (!resource.isBuiltin()) {
          throw Failures.unsupported(request.contentType(), "application/json-patch+json, application/merge-patch+json, "
              + "application/apply-patch+yaml");
        }
        yield StrategicMerge.apply(object, requireObject(patch));
      }
      case "application/apply-patch+yaml" -> resource.isBuiltin() ? StrategicMerge.apply(object, requireObject(patch))
          : resource.custom().orElseThrow().schema().applyOver(object, requireObject(patch));
      default -> throw Failures.unsupported(request.contentType(), "application/json-patch+json, "
          + "application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml");
    };
  }

  private static ObjectNode requireObject(JsonNode patch) {
    if (patch instanceof ObjectNode object) {
      return object;
    }
    throw Failures.badRequest("error decoding patch: json: cannot unmarshal into Go value of type map[string]interface {}");
  }

  /** RFC 7386: null removes, objects merge, all else replaces. */
  static ObjectNode merge(JsonNode target, ObjectNode patch) {
    ObjectNode result = target instanceof ObjectNode object ? object.deepCopy() : patch.objectNode();
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      JsonNode value = field.getValue();
      if (value.isNull()) {
        result.remove(field.getKey());
      } else if (value instanceof ObjectNode nested) {
        result.set(field.getKey(), merge(result.path(field.getKey()), nested));
      } else {
        result.set(field.getKey(), value);
      }
    }
    return result;
  }
}
