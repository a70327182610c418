package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Json;
import java.util.List;

/** The refusals of the API server, worded as the real one words them. */
final class Failures {
  static final String CONFLICT_TEXT =
      "the object has been modified; please apply your changes to the latest version and try again";

  private Failures() {}

  static ApiFailure notFound(ApiResource resource, String name) {
    return about(resource, name, 404, "NotFound", resource.qualified() + " \"" + name + "\" not found");
  }

  static ApiFailure noSuchPath() {
    return new ApiFailure(status(404, "NotFound", "the server could not find the requested resource"));
  }

  static ApiFailure alreadyExists(ApiResource resource, String name) {
    return about(resource, name, 409, "AlreadyExists", resource.qualified() + " \"" + name + "\" already exists");
  }

  static ApiFailure conflict(ApiResource resource, String name, String why) {
    return about(resource, name, 409, "Conflict",
        "Operation cannot be fulfilled on " + resource.qualified() + " \"" + name + "\": " + why);
  }

  /** Of a delete; this one names the kind, not the resource. */
  static ApiFailure preconditionFailed(ApiResource resource, String name, String why) {
    return about(resource, name, 409, "Conflict",
        "Operation cannot be fulfilled on " + withGroup(resource) + " \"" + name + "\": " + why);
  }

  static ApiFailure forbidden(ApiResource resource, String name, String why) {
    return about(resource, name, 403, "Forbidden", resource.qualified() + " \"" + name + "\" is forbidden: " + why);
  }

  static ApiFailure badRequest(String message) {
    return new ApiFailure(status(400, "BadRequest", message));
  }

  static ApiFailure expired(String message) {
    return new ApiFailure(status(410, "Expired", message));
  }

  static ApiFailure unsupported(String contentType, String accepted) {
    return new ApiFailure(status(415, "UnsupportedMediaType", "the body of the request was in an unknown format"
        + " - accepted media types include: " + accepted + " (not " + contentType + ")"));
  }

  static ApiFailure methodNotAllowed() {
    return new ApiFailure(status(405, "MethodNotAllowed", "the server does not allow this method on the requested resource"));
  }

  static ApiFailure notAcceptable(String message) {
    return new ApiFailure(status(406, "NotAcceptable", message));
  }

  static ApiFailure unprocessable(String message) {
    return new ApiFailure(status(422, "Invalid", message));
  }

  static ApiFailure internal(String message) {
    return new ApiFailure(status(500, "InternalError", "Internal error occurred: " + message));
  }

  static ApiFailure tooLarge(String asked, long current) {
    ObjectNode status = status(504, "Timeout", "Too large resource version: " + asked + ", current: " + current);
    status.withObject("details").put("retryAfterSeconds", 1).putArray("causes").addObject()
        .put("reason", "ResourceVersionTooLarge").put("message", "Too large resource version");
    return new ApiFailure(status);
  }

  static ApiFailure invalid(ApiResource resource, String name, List<FieldError> errors) {
    List<String> texts = errors.stream().map(FieldError::text).distinct().toList();
    String all = texts.size() == 1 ? texts.getFirst() : "[" + String.join(", ", texts) + "]";
    ObjectNode status = status(422, "Invalid", withGroup(resource) + " \"" + name + "\" is invalid: " + all);
    ObjectNode details = status.withObject("details").put("name", name);
    putGroup(details, resource);
    details.put("kind", resource.kind());
    for (FieldError error : errors) {
      details.withArray("causes").addObject().put("reason", error.reason()).put("message", error.message())
          .put("field", error.field());
    }
    return new ApiFailure(status);
  }

  private static ApiFailure about(ApiResource resource, String name, int code, String reason, String message) {
    ObjectNode status = status(code, reason, message);
    ObjectNode details = status.withObject("details").put("name", name);
    putGroup(details, resource);
    details.put("kind", resource.plural());
    return new ApiFailure(status);
  }

  private static String withGroup(ApiResource resource) {
    return resource.group().isEmpty() ? resource.kind() : resource.kind() + "." + resource.group();
  }

  private static void putGroup(ObjectNode details, ApiResource resource) {
    if (!resource.group().isEmpty()) {
      details.put("group", resource.group());
    }
  }

  static ObjectNode status(int code, String reason, String message) {
    ObjectNode status = Json.MAPPER.createObjectNode().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    return status.put("status", "Failure").put("message", message).put("reason", reason).put("code", code);
  }

  static String reasonOf(int code) {
    return switch (code) {
      case 400 -> "BadRequest";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "NotFound";
      case 405 -> "MethodNotAllowed";
      case 409 -> "Conflict";
      case 410 -> "Expired";
      case 422 -> "Invalid";
      case 429 -> "TooManyRequests";
      case 503 -> "ServiceUnavailable";
      case 504 -> "Timeout";
      default -> "InternalError";
    };
  }
}
