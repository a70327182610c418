package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the server tells about itself: groups, versions, resources, its own version, its health. */
final class Discovery {
  private static final List<String> ALL_VERBS =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
  private static final List<String> STATUS_VERBS = List.of("get", "patch", "update");
  private static final Map<String, List<String>> MORE = Map.of(
      "pods", List.of("log", "binding", "eviction"), "namespaces", List.of("finalize"),
      "serviceaccounts", List.of("token"), "deployments", List.of("scale"), "statefulsets", List.of("scale"),
      "replicasets", List.of("scale"));

  private final ResourceRegistry registry;
  private final OpenApi openApi;

  Discovery(ResourceRegistry registry) {
    this.registry = registry;
    this.openApi = new OpenApi(registry);
  }

  Optional<Answer> answer(ApiRequest request) {
    String path = request.path().length() > 1 && request.path().endsWith("/")
        ? request.path().substring(0, request.path().length() - 1) : request.path();
    return switch (path) {
      case "/api" -> Optional.of(Answer.json(200, coreVersions()));
      case "/apis" -> Optional.of(Answer.json(200, groups()));
      case "/version" -> Optional.of(Answer.json(200, version()));
      case "/healthz", "/livez", "/readyz" -> Optional.of(Answer.text(200, "ok"));
      case "/" -> Optional.of(Answer.json(200, paths()));
      default -> path.startsWith("/openapi/") ? openApi.answer(request, path) : resources(path);
    };
  }

  private Optional<Answer> resources(String path) {
    String[] parts = path.split("/");
    if (parts.length == 3 && parts[1].equals("api")) {
      return resources("", parts[2]);
    }
    if (parts.length == 3 && parts[1].equals("apis")) {
      return Optional.ofNullable(registry.groups().get(parts[2]))
          .map(versions -> Answer.json(200, group(parts[2], versions).put("kind", "APIGroup").put("apiVersion", "v1")));
    }
    return parts.length == 4 && parts[1].equals("apis") ? resources(parts[2], parts[3]) : Optional.empty();
  }

  private Optional<Answer> resources(String group, String version) {
    List<ApiResource> served = registry.in(group, version);
    if (served.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode list = Json.MAPPER.createObjectNode().put("kind", "APIResourceList").put("apiVersion", "v1")
        .put("groupVersion", served.getFirst().apiVersion());
    ArrayNode resources = list.putArray("resources");
    for (ApiResource resource : served) {
      describe(resources, resource);
    }
    return Optional.of(Answer.json(200, list));
  }

  private static void describe(ArrayNode resources, ApiResource resource) {
    boolean review = Reviews.answers(resource);
    ObjectNode main = entry(resources, resource, resource.plural(), review ? List.of("create") : ALL_VERBS);
    main.put("singularName", resource.singular());
    if (!resource.shortNames().isEmpty()) {
      resource.shortNames().forEach(main.putArray("shortNames")::add);
    }
    if (!resource.categories().isEmpty()) {
      resource.categories().forEach(main.putArray("categories")::add);
    }
    if (resource.status()) {
      entry(resources, resource, resource.plural() + "/status", STATUS_VERBS);
    }
    if (resource.isBuiltin()) {
      for (String more : MORE.getOrDefault(resource.plural(), List.of())) {
        ObjectNode entry = entry(resources, resource, resource.plural() + "/" + more, verbsOf(more));
        switch (more) {
          case "scale" -> entry.put("kind", "Scale").put("group", "autoscaling").put("version", "v1");
          case "eviction" -> entry.put("kind", "Eviction").put("group", "policy").put("version", "v1");
          case "token" -> entry.put("kind", "TokenRequest").put("group", "authentication.k8s.io").put("version", "v1");
          case "binding" -> entry.put("kind", "Binding");
          default -> { }
        }
      }
    }
  }

  private static List<String> verbsOf(String subresource) {
    return switch (subresource) {
      case "log" -> List.of("get");
      case "finalize" -> List.of("update");
      case "scale" -> STATUS_VERBS;
      default -> List.of("create");
    };
  }

  private static ObjectNode entry(ArrayNode resources, ApiResource resource, String name, List<String> verbs) {
    ObjectNode entry = resources.addObject().put("name", name).put("singularName", "")
        .put("namespaced", resource.namespaced()).put("kind", resource.kind());
    verbs.forEach(entry.putArray("verbs")::add);
    return entry;
  }

  private static ObjectNode coreVersions() {
    ObjectNode versions = Json.MAPPER.createObjectNode().put("kind", "APIVersions");
    versions.putArray("versions").add("v1");
    versions.putArray("serverAddressByClientCIDRs");
    return versions;
  }

  private ObjectNode groups() {
    ObjectNode list = Json.MAPPER.createObjectNode().put("kind", "APIGroupList").put("apiVersion", "v1");
    ArrayNode groups = list.putArray("groups");
    registry.groups().forEach((group, versions) -> {
      if (!group.isEmpty()) {
        groups.add(group(group, versions));
      }
    });
    return list;
  }

  private static ObjectNode group(String name, List<String> versions) {
    ObjectNode group = Json.MAPPER.createObjectNode().put("name", name);
    ArrayNode list = group.putArray("versions");
    versions.forEach(version -> list.addObject().put("groupVersion", name + "/" + version).put("version", version));
    group.putObject("preferredVersion").put("groupVersion", name + "/" + versions.getFirst())
        .put("version", versions.getFirst());
    return group;
  }

  private static ObjectNode version() {
    return Json.MAPPER.createObjectNode().put("major", "1").put("minor", "36").put("gitVersion", "v1.36.2")
        .put("gitCommit", "").put("gitTreeState", "clean").put("buildDate", "1970-01-01T00:00:00Z")
        .put("goVersion", "none").put("compiler", "none").put("platform", "sandbox/sandbox");
  }

  private ObjectNode paths() {
    ObjectNode root = Json.MAPPER.createObjectNode();
    ArrayNode paths = root.putArray("paths").add("/api").add("/api/v1").add("/apis");
    registry.groups().forEach((group, versions) -> versions.forEach(version -> {
      if (!group.isEmpty()) {
        paths.add("/apis/" + group + "/" + version);
      }
    }));
    paths.add("/healthz").add("/openapi/v2").add("/openapi/v3").add("/version");
    return root;
  }
}
