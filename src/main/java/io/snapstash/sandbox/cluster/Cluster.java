package io.snapstash.sandbox.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.api.Json;
import io.snapstash.engine.Backoff;
import io.snapstash.engine.ResourceKey;
import io.snapstash.engine.Time;
import io.snapstash.kube.Cache;
import io.snapstash.kube.DeleteOptions;
import io.snapstash.kube.KubeClient;
import io.snapstash.kube.ResourceType;
import io.snapstash.kube.Selection;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What all simulated parts share: one event loop, one client, one copy of each kind, and the ways to write. All of it,
 * listeners and passes included, runs on that one context, so the parts need no locks among themselves.
 */
final class Cluster {
  private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(5);

  private final Vertx vertx;
  private final Context context;
  private final KubeClient client;
  private final Time time;
  private final Behaviour behaviour;
  private final DiskArray disks;
  private final Backoff backoff = new Backoff(FIRST_DELAY, LONGEST_DELAY, () -> 0);
  private final Map<ResourceType<?>, Cache<?>> caches = new LinkedHashMap<>();

  Cluster(Vertx vertx, KubeClient client, Time time, Behaviour behaviour, DiskArray disks) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.client = client;
    this.time = time;
    this.behaviour = behaviour;
    this.disks = disks;
    ClusterTypes.WHOLE.forEach(this::open);
    ClusterTypes.METADATA_ONLY.forEach(type -> open(type.metadataOnly()));
  }

  private void open(ResourceType<?> type) {
    caches.put(type, new Cache<>(client, type, Selection.EVERYTHING, context, time, backoff));
  }

  Vertx vertx() {
    return vertx;
  }

  Context context() {
    return context;
  }

  KubeClient client() {
    return client;
  }

  Time time() {
    return time;
  }

  Behaviour behaviour() {
    return behaviour;
  }

  DiskArray disks() {
    return disks;
  }

  Backoff backoff() {
    return backoff;
  }

  @SuppressWarnings("unchecked")
  <T extends HasMetadata> Cache<T> cache(ResourceType<T> type) {
    Cache<T> cache = (Cache<T>) caches.get(type);
    if (cache == null) {
      throw new IllegalArgumentException("kind not followed: " + type.kind());
    }
    return cache;
  }

  Iterable<Cache<?>> caches() {
    return caches.values();
  }

  Future<Void> follow() {
    return Future.all(caches.values().stream().map(Cache::start).toList()).mapEmpty();
  }

  void close() {
    caches.values().forEach(Cache::close);
  }

  <T extends HasMetadata> Future<T> create(ResourceType<T> type, HasMetadata object) {
    String namespace = object.getMetadata().getNamespace();
    return client.create(type, namespace == null ? "" : namespace, object).map(written -> seen(type, written));
  }

  /** Sends nothing if the object already is as the patch wants it. */
  <T extends HasMetadata> Future<T> patch(ResourceType<T> type, T object, ObjectNode patch) {
    if (agrees(Json.MAPPER.valueToTree(object), patch)) {
      return Future.succeededFuture(object);
    }
    return client.patch(type, keyOf(object), patch).map(written -> seen(type, written));
  }

  /** As {@link #patch}, for the status; the given value stands for the field {@code status}. */
  <T extends HasMetadata> Future<T> patchStatus(ResourceType<T> type, T object, Object status) {
    ObjectNode patch = Json.MAPPER.createObjectNode();
    patch.set("status", Json.MAPPER.valueToTree(status));
    if (agrees(Json.MAPPER.valueToTree(object), patch)) {
      return Future.succeededFuture(object);
    }
    return client.patchStatus(type, keyOf(object), patch).map(written -> seen(type, written));
  }

  Future<Void> delete(ResourceType<?> type, HasMetadata object) {
    return client.deleteIfPresent(type, keyOf(object), DeleteOptions.exactly(object.getMetadata().getUid()));
  }

  /** Our own write is known at once, so that the next pass does not repeat it. */
  private <T extends HasMetadata> T seen(ResourceType<T> type, T written) {
    if (caches.containsKey(type)) {
      boolean gone = written.getMetadata().getDeletionTimestamp() != null
          && (written.getMetadata().getFinalizers() == null || written.getMetadata().getFinalizers().isEmpty());
      if (!gone) {
        cache(type).observe(written);
      }
    }
    return written;
  }

  static ResourceKey keyOf(HasMetadata object) {
    return new ResourceKey(object.getMetadata().getNamespace(), object.getMetadata().getName());
  }

  /** Whether a merge patch would change nothing. */
  private static boolean agrees(JsonNode now, JsonNode patch) {
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      JsonNode old = now.path(field.getKey());
      JsonNode wanted = field.getValue();
      boolean same = wanted.isNull() ? old.isMissingNode() || old.isNull()
          : wanted.isObject() ? old.isObject() && agrees(old, wanted) : old.equals(wanted);
      if (!same) {
        return false;
      }
    }
    return true;
  }
}
