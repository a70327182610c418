package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Objects lose what their kind does not know; custom ones gain their defaults. Before anything looks at them. */
final class Decoding {
  private static final BuiltinModel MODEL = new BuiltinModel();

  private Decoding() {}

  /** Takes half a second the first time in a process. What is not prepared is found out by the first request. */
  static void prepare() {
    BuiltinKinds.all().forEach(MODEL::learn);
  }

  /** Answers the warnings; refuses wrong types always, unknown fields if the request wants that. */
  static List<String> decode(ApiResource resource, ApiRequest request, ObjectNode object) {
    List<String> unknown = resource.custom().map(CustomKind::schema).map(schema -> {
      List<String> pruned = schema.prune(object);
      schema.applyDefaults(object);
      return pruned;
    }).orElseGet(() -> builtin(resource, request, object));
    String validation = request.parameter("fieldValidation");
    if (unknown.isEmpty() || validation.equals("Ignore")) {
      return List.of();
    }
    List<String> complaints = unknown.stream().map(field -> "unknown field \"" + field + "\"").toList();
    if (!validation.equals("Strict")) {
      return complaints;
    }
    throw refusal(resource, request, object, "strict decoding error: " + String.join(", ", complaints));
  }

  private static List<String> builtin(ApiResource resource, ApiRequest request, ObjectNode object) {
    try {
      return MODEL.prune(resource, object);
    } catch (BuiltinModel.WrongType wrong) {
      throw refusal(resource, request, object, wrong.getMessage());
    }
  }

  private static ApiFailure refusal(ApiResource resource, ApiRequest request, ObjectNode object, String why) {
    if (request.verb().equals("patch") && !request.contentType().equals("application/apply-patch+yaml")) {
      return Failures.unprocessable(" \"\" is invalid: patch: Invalid value: " + object + ": " + why);
    }
    return Failures.badRequest(resource.kind() + " in version \"" + resource.version() + "\" cannot be handled as a "
        + resource.kind() + ": " + why);
  }
}
