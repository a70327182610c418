package io.snapstash.sandbox.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Namespace;
import io.snapstash.api.Json;
import io.snapstash.engine.Reconciliation;
import io.snapstash.engine.Requeue;
import io.snapstash.kube.DeleteOptions;
import io.snapstash.kube.KubeFailure;
import io.snapstash.kube.ObjectMetadata;
import io.snapstash.kube.ResourceType;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.kube.Selection;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Empties a namespace that is being deleted, then lets it go. What is in it is asked of the API server's own
 * discovery, so that kinds which nobody here knows go too.
 */
final class NamespaceController extends Part {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  NamespaceController(Cluster cluster) {
    super("namespaces", cluster);
    offerAll(cluster.cache(ResourceTypes.NAMESPACES));
  }

  @Override
  protected Future<Requeue> pass(Reconciliation run) {
    Optional<Namespace> namespace = cluster.cache(ResourceTypes.NAMESPACES).get(run.key());
    if (namespace.isEmpty() || !Metadata.isDeleting(namespace.get())) {
      return settled();
    }
    return kinds().compose(kinds -> empty(run.key().name(), kinds)).compose(left -> left == 0
        ? finish(namespace.get()) : after(LOOK_AGAIN));
  }

  private Future<Requeue> finish(Namespace namespace) {
    ObjectNode body = Json.MAPPER.valueToTree(namespace);
    body.withObject("spec").putArray("finalizers");
    body.put("apiVersion", "v1").put("kind", "Namespace");
    return cluster.client()
        .raw("PUT", "/api/v1/namespaces/" + namespace.getMetadata().getName() + "/finalize", Optional.of(body))
        .map(_ -> Requeue.settled())
        .recover(failure -> KubeFailure.is(failure, KubeFailure.Kind.NOT_FOUND) ? settled()
            : Future.failedFuture(failure));
  }

  /** How many objects were still there. */
  private Future<Integer> empty(String namespace, List<ResourceType<ObjectMetadata>> kinds) {
    List<Future<Integer>> work = kinds.stream().map(kind -> empty(namespace, kind)).toList();
    return Future.all(work).map(all -> all.<Integer>list().stream().mapToInt(Integer::intValue).sum());
  }

  private Future<Integer> empty(String namespace, ResourceType<ObjectMetadata> kind) {
    return cluster.client().list(kind, Selection.in(namespace)).compose(objects -> {
      List<Future<Void>> deletions = objects.stream().filter(object -> !Metadata.isDeleting(object))
          .map(object -> cluster.client().deleteIfPresent(kind, Cluster.keyOf(object), DeleteOptions.BACKGROUND))
          .toList();
      return Future.all(deletions).map(_ -> objects.size());
    }).recover(failure -> KubeFailure.is(failure, KubeFailure.Kind.NOT_FOUND)
        ? Future.succeededFuture(0) : Future.failedFuture(failure));
  }

  private Future<List<ResourceType<ObjectMetadata>>> kinds() {
    return read("/apis").compose(groups -> {
      List<Future<List<ResourceType<ObjectMetadata>>>> parts = new ArrayList<>();
      parts.add(read("/api/v1").map(list -> deletable(list, "", "v1")));
      for (JsonNode group : groups.path("groups")) {
        String name = group.path("name").asText();
        String version = group.path("preferredVersion").path("version").asText();
        parts.add(read("/apis/" + name + "/" + version).map(list -> deletable(list, name, version))
            .otherwise(List.of()));
      }
      return Future.all(parts).map(_ -> parts.stream().flatMap(part -> part.result().stream()).toList());
    });
  }

  private static List<ResourceType<ObjectMetadata>> deletable(JsonNode list, String group, String version) {
    List<ResourceType<ObjectMetadata>> kinds = new ArrayList<>();
    for (JsonNode resource : list.path("resources")) {
      String plural = resource.path("name").asText();
      List<String> verbs = new ArrayList<>();
      resource.path("verbs").forEach(verb -> verbs.add(verb.asText()));
      // Events go last of all with the namespace: deleting each would only cost requests.
      boolean wanted = resource.path("namespaced").asBoolean() && !plural.contains("/")
          && verbs.contains("list") && verbs.contains("delete") && !plural.equals("events");
      if (wanted) {
        kinds.add(new ResourceType<>(group, version, plural, resource.path("kind").asText(), true,
            ObjectMetadata.class));
      }
    }
    return kinds;
  }

  private Future<JsonNode> read(String path) {
    return cluster.client().raw("GET", path, Optional.empty()).map(body -> {
      try {
        return Json.MAPPER.readTree(body);
      } catch (IOException torn) {
        throw new UncheckedIOException(torn);
      }
    });
  }
}
