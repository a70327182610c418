package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Json;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;

/** Reads what a client sent. */
final class Body {
  private static final String ACCEPTED = "application/json, application/yaml";

  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";

  private Body() {}

  /** As {@link #object}, but what comes in a format that is not read here counts as empty: the path says enough. */
  static ObjectNode wish(ApiRequest request, String apiVersion, String kind) {
    return request.contentType().equals(PROTOBUF) || request.body().length() == 0
        ? Json.MAPPER.createObjectNode().put("apiVersion", apiVersion).put("kind", kind)
        : object(request, apiVersion, kind);
  }

  /** The object sent with a create or update; kind and version must be the path's, or be left out. */
  static ObjectNode object(ApiRequest request, String apiVersion, String kind) {
    ObjectNode object = tree(request) instanceof ObjectNode sent ? sent : refuse("the object provided is unrecognized");
    require(object, "apiVersion", apiVersion, "the API version in the data (%s) does not match the expected API version (%s)");
    require(object, "kind", kind, "the kind in the data (%s) does not match the expected kind (%s)");
    return object;
  }

  static JsonNode tree(ApiRequest request) {
    ObjectMapper mapper = switch (request.contentType()) {
      case "application/json", "", "application/merge-patch+json", "application/json-patch+json",
          "application/strategic-merge-patch+json" -> Json.MAPPER;
      case "application/yaml", "application/apply-patch+yaml" -> Json.YAML;
      case PROTOBUF -> throw Failures.unsupported(request.contentType(), ACCEPTED + "; the sandbox does not read "
          + "protobuf, in which kubectl create sends what it makes from flags: add --dry-run=client -o yaml and pipe "
          + "it into kubectl create -f -");
      default -> throw Failures.unsupported(request.contentType(), ACCEPTED);
    };
    try {
      JsonNode tree = request.body().length() == 0 ? null : mapper.readTree(request.body().getBytes());
      return tree == null || tree.isMissingNode() ? refuse("the request has no body") : tree;
    } catch (IOException torn) {
      throw Failures.badRequest("the object provided is unrecognized (must be of type Object): "
          + torn.getMessage().lines().findFirst().orElse(""));
    }
  }

  /** A body of JSON; any other stays as it is. */
  static Buffer without(Buffer body, String pointerOfObject, String field) {
    try {
      JsonNode tree = Json.MAPPER.readTree(body.getBytes());
      if (tree.at(pointerOfObject) instanceof ObjectNode object) {
        object.remove(field);
      }
      return Buffer.buffer(Json.MAPPER.writeValueAsBytes(tree));
    } catch (IOException notJson) {
      return body;
    }
  }

  private static void require(ObjectNode object, String field, String expected, String message) {
    String sent = object.path(field).asText("");
    if (!sent.isEmpty() && !sent.equals(expected)) {
      throw Failures.badRequest(message.formatted(sent, expected));
    }
    object.put(field, expected);
  }

  private static <T> T refuse(String message) {
    throw Failures.badRequest(message);
  }
}
