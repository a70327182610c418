package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Custom objects lose what their schema does not know, and gain its defaults, before anything looks at them. */
final class Decoding {
  private Decoding() {}

  /** Answers the warnings; refuses unknown fields if the request wants that. */
  static List<String> decode(ApiResource resource, ApiRequest request, ObjectNode object) {
    if (resource.isBuiltin()) {
      return List.of();
    }
    Schema schema = resource.custom().orElseThrow().schema();
    List<String> unknown = schema.prune(object);
    schema.applyDefaults(object);
    String validation = request.parameter("fieldValidation");
    if (unknown.isEmpty() || validation.equals("Ignore")) {
      return List.of();
    }
    List<String> complaints = unknown.stream().map(field -> "unknown field \"" + field + "\"").toList();
    if (!validation.equals("Strict")) {
      return complaints;
    }
    String all = "strict decoding error: " + String.join(", ", complaints);
    if (request.verb().equals("patch") && !request.contentType().equals("application/apply-patch+yaml")) {
      throw Failures.unprocessable(" \"\" is invalid: patch: Invalid value: " + object + ": " + all);
    }
    throw Failures.badRequest(resource.kind() + " in version \"" + resource.version() + "\" cannot be handled as a "
        + resource.kind() + ": " + all);
  }
}
