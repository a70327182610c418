package io.snapstash.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Json;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.KubeClient;
import io.snapstash.kube.KubeFailure;
import io.snapstash.kube.ObjectMetadata;
import io.snapstash.kube.ResourceType;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Creates objects of any kind, or patches those that exist, one after the other. Kinds are looked up in the API
 * server's discovery, so that everything it serves can be applied.
 */
public final class Applier {
  private final KubeClient client;
  private final Map<String, ResourceType<ObjectMetadata>> kinds = new ConcurrentHashMap<>();

  public Applier(KubeClient client) {
    this.client = client;
  }

  public Future<Void> apply(List<ObjectNode> manifests) {
    Future<Void> done = Future.succeededFuture();
    for (ObjectNode manifest : manifests) {
      done = done.compose(_ -> apply(manifest));
    }
    return done;
  }

  public Future<Void> apply(ObjectNode manifest) {
    String apiVersion = manifest.path("apiVersion").asText();
    return kind(apiVersion, manifest.path("kind").asText()).compose(type -> apply(type, manifest));
  }

  private Future<Void> apply(ResourceType<ObjectMetadata> type, ObjectNode manifest) {
    JsonNode metadata = manifest.path("metadata");
    String namespace = type.namespaced() ? metadata.path("namespace").asText("default") : "";
    ResourceKey key = new ResourceKey(namespace, metadata.path("name").asText());
    return client.create(type, namespace, manifest).<Void>mapEmpty()
        .recover(failure -> KubeFailure.is(failure, KubeFailure.Kind.ALREADY_EXISTS)
            ? client.patch(type, key, manifest).mapEmpty() : Future.failedFuture(failure));
  }

  /** Fails if the API server does not serve the kind (yet). */
  public Future<ResourceType<ObjectMetadata>> kind(String apiVersion, String kind) {
    ResourceType<ObjectMetadata> known = kinds.get(apiVersion + "/" + kind);
    if (known != null) {
      return Future.succeededFuture(known);
    }
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    String version = apiVersion.substring(slash + 1);
    String path = (group.isEmpty() ? "/api/" : "/apis/") + apiVersion;
    return client.raw("GET", path, Optional.empty()).map(body -> {
      for (JsonNode resource : read(body).path("resources")) {
        boolean wanted = resource.path("kind").asText().equals(kind) && !resource.path("name").asText().contains("/");
        if (wanted) {
          ResourceType<ObjectMetadata> type = new ResourceType<>(group, version, resource.path("name").asText(), kind,
              resource.path("namespaced").asBoolean(), ObjectMetadata.class);
          kinds.put(apiVersion + "/" + kind, type);
          return type;
        }
      }
      throw new IllegalStateException("no kind " + kind + " in " + apiVersion);
    });
  }

  private static JsonNode read(byte[] body) {
    try {
      return Json.MAPPER.readTree(body);
    } catch (IOException torn) {
      throw new UncheckedIOException(torn);
    }
  }
}
