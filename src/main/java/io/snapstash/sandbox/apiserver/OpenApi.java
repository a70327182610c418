package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Json;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Just enough OpenAPI for kubectl: that patches understand {@code fieldValidation} and {@code dryRun}, so that it
 * leaves validation to the server; and the schemas of custom kinds. The second version is an empty document.
 */
final class OpenApi {
  private static final String PROTOBUF = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

  private final ResourceRegistry registry;

  OpenApi(ResourceRegistry registry) {
    this.registry = registry;
  }

  Optional<Answer> answer(ApiRequest request, String path) {
    if (path.equals("/openapi/v2")) {
      return Optional.of(request.header("Accept").contains("protobuf") ? emptyProtobuf() : Answer.json(200, empty()));
    }
    if (path.equals("/openapi/v3")) {
      return Optional.of(Answer.json(200, index()));
    }
    String[] parts = path.split("/");
    if (parts.length == 5 && parts[3].equals("api")) {
      return document("", parts[4]);
    }
    return parts.length == 6 && parts[3].equals("apis") ? document(parts[4], parts[5]) : Optional.empty();
  }

  private static ObjectNode empty() {
    ObjectNode document = Json.MAPPER.createObjectNode().put("swagger", "2.0");
    document.set("info", info());
    document.putObject("paths");
    document.putObject("definitions");
    return document;
  }

  private static ObjectNode info() {
    return Json.MAPPER.createObjectNode().put("title", "Kubernetes").put("version", "v1.36.2");
  }

  /** Fields 1 (swagger) and 2 (info: title, version) of the message; older kubectl parses nothing else. */
  private static Answer emptyProtobuf() {
    Buffer info = text(1, "Kubernetes").appendBuffer(text(2, "v1.36.2"));
    Buffer body = text(1, "2.0").appendByte((byte) 0x12).appendByte((byte) info.length()).appendBuffer(info);
    return new Answer(200, body, PROTOBUF, List.of());
  }

  private static Buffer text(int field, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Buffer.buffer().appendByte((byte) (field << 3 | 2)).appendByte((byte) bytes.length).appendBytes(bytes);
  }

  private ObjectNode index() {
    ObjectNode index = Json.MAPPER.createObjectNode();
    ObjectNode paths = index.putObject("paths");
    registry.groups().forEach((group, versions) -> versions.forEach(version -> {
      String path = group.isEmpty() ? "api/" + version : "apis/" + group + "/" + version;
      paths.putObject(path).put("serverRelativeURL", "/openapi/v3/" + path);
    }));
    return index;
  }

  private Optional<Answer> document(String group, String version) {
    List<ApiResource> served = registry.in(group, version);
    if (served.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode document = Json.MAPPER.createObjectNode().put("openapi", "3.0.0");
    document.set("info", info());
    ObjectNode paths = document.putObject("paths");
    ObjectNode schemas = document.putObject("components").putObject("schemas");
    for (ApiResource resource : served) {
      String base = (group.isEmpty() ? "/api/" : "/apis/" + group + "/") + version
          + (resource.namespaced() ? "/namespaces/{namespace}/" : "/") + resource.plural();
      operation(paths.putObject(base), "post", "post", resource);
      ObjectNode item = paths.putObject(base + "/{name}");
      operation(item, "get", "get", resource);
      operation(item, "put", "put", resource);
      operation(item, "patch", "patch", resource);
      operation(item, "delete", "delete", resource);
      ObjectNode schema = resource.custom().map(custom -> (ObjectNode) custom.schema().root().deepCopy())
          .orElseGet(() -> Json.MAPPER.createObjectNode().put("type", "object")
              .put("x-kubernetes-preserve-unknown-fields", true));
      schema.putArray("x-kubernetes-group-version-kind").add(versionOf(resource));
      schemas.set(schemaName(resource), schema);
    }
    return Optional.of(Answer.json(200, document));
  }

  private static void operation(ObjectNode item, String method, String action, ApiResource resource) {
    ObjectNode operation = item.putObject(method).put("x-kubernetes-action", action);
    operation.set("x-kubernetes-group-version-kind", versionOf(resource));
    for (String parameter : List.of("dryRun", "fieldManager", "fieldValidation")) {
      operation.withArray("/parameters").addObject().put("name", parameter).put("in", "query")
          .putObject("schema").put("type", "string");
    }
    operation.putObject("responses").putObject("200").put("description", "OK");
  }

  private static ObjectNode versionOf(ApiResource resource) {
    return Json.MAPPER.createObjectNode().put("group", resource.group()).put("version", resource.version())
        .put("kind", resource.kind());
  }

  private static String schemaName(ApiResource resource) {
    Map<String, String> names = Map.of("", "core");
    String group = names.getOrDefault(resource.group(), resource.group());
    return group + "." + resource.version() + "." + resource.kind();
  }
}
