package io.snapstash.sandbox.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.snapstash.api.Json;
import io.snapstash.engine.Reconciliation;
import io.snapstash.engine.Requeue;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.Cache;
import io.snapstash.kube.DeleteOptions;
import io.snapstash.kube.ResourceType;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Deletes what lost its last owner, and carries out foreground and orphaning deletion. Owners are looked for in the
 * dependent's own namespace only: one in another namespace counts as gone, and a cluster-scoped dependent of a
 * namespaced owner is never collected (both are told in an event).
 *
 * <p>Keys of the queue are uids. Only the kinds that the sandbox follows are collected.
 */
final class GarbageCollector extends Part {
  private static final String FOREGROUND = "foregroundDeletion";
  private static final String ORPHAN = "orphan";

  private record Known(Cache<?> cache, HasMetadata object) {}

  private final Map<String, Known> byUid = new HashMap<>();
  private final Map<String, Set<String>> dependents = new HashMap<>();
  private final Map<String, ResourceType<?>> typesByKind = new LinkedHashMap<>();
  private final EventRecorder events;

  GarbageCollector(Cluster cluster) {
    super("garbage", cluster);
    this.events = new EventRecorder(cluster, "garbage-collector-controller");
    for (Cache<?> cache : cluster.caches()) {
      typesByKind.put(group(cache.type().apiVersion()) + "/" + cache.type().kind(), cache.type());
      follow(cache);
    }
  }

  private <T extends HasMetadata> void follow(Cache<T> cache) {
    cache.onChange((before, after) -> {
      before.ifPresent(this::forget);
      after.ifPresent(object -> remember(cache, object));
      if (after.isEmpty()) {
        before.ifPresent(gone -> dependentsOf(gone.getMetadata().getUid()).forEach(this::due));
        before.ifPresent(gone -> Metadata.ownerUids(gone).forEach(this::due));
      }
    });
  }

  private void forget(HasMetadata object) {
    String uid = object.getMetadata().getUid();
    byUid.remove(uid);
    Metadata.ownerUids(object).forEach(owner -> dependents.computeIfPresent(owner, (_, set) -> {
      set.remove(uid);
      return set.isEmpty() ? null : set;
    }));
  }

  private void remember(Cache<?> cache, HasMetadata object) {
    String uid = object.getMetadata().getUid();
    byUid.put(uid, new Known(cache, object));
    Metadata.ownerUids(object).forEach(owner -> dependents.computeIfAbsent(owner, _ -> new HashSet<>()).add(uid));
    if (!Metadata.owners(object).isEmpty() || Metadata.isDeleting(object)) {
      due(uid);
    }
  }

  private void due(String uid) {
    offer(ResourceKey.clusterScoped(uid));
  }

  private List<String> dependentsOf(String uid) {
    return List.copyOf(dependents.getOrDefault(uid, Set.of()));
  }

  @Override
  protected Future<Requeue> pass(Reconciliation run) {
    Known known = byUid.get(run.key().name());
    if (known == null) {
      return settled();
    }
    if (Metadata.isDeleting(known.object())) {
      if (Metadata.hasFinalizer(known.object(), ORPHAN)) {
        return orphan(known);
      }
      return Metadata.hasFinalizer(known.object(), FOREGROUND) ? foreground(known) : settled();
    }
    return Metadata.owners(known.object()).isEmpty() ? settled() : collect(known);
  }

  private Future<Requeue> collect(Known known) {
    List<Future<Boolean>> present =
        Metadata.owners(known.object()).stream().map(owner -> exists(known, owner)).toList();
    return Future.all(present).compose(all -> {
      boolean held = all.<Boolean>list().contains(true);
      return held ? settled() : delete(known, "Background").map(_ -> Requeue.settled());
    });
  }

  private Future<Boolean> exists(Known dependent, OwnerReference owner) {
    Known cached = byUid.get(owner.getUid());
    String namespace = dependent.object().getMetadata().getNamespace();
    ResourceType<?> type = typesByKind.get(group(owner.getApiVersion()) + "/" + owner.getKind());
    if (type == null) {
      return Future.succeededFuture(true);
    }
    if (type.namespaced() && namespace == null) {
      events.warning(dependent.object(), "OwnerRefInvalidNamespace", "ownerRef " + owner.getKind() + "/"
          + owner.getName() + " does not exist in namespace \"\"");
      return Future.succeededFuture(true);
    }
    if (cached != null) {
      boolean reachable = !type.namespaced() || namespace.equals(cached.object().getMetadata().getNamespace());
      if (!reachable) {
        events.warning(dependent.object(), "OwnerRefInvalidNamespace", "ownerRef " + owner.getKind() + "/"
            + owner.getName() + " does not exist in namespace \"" + namespace + "\"");
      }
      return Future.succeededFuture(reachable);
    }
    // The watch that brings the owner may simply be slower than the one that brought the dependent.
    ResourceKey key = new ResourceKey(type.namespaced() ? namespace : "", owner.getName());
    return cluster.client().find(type.metadataOnly(), key)
        .map(found -> found.filter(object -> object.getMetadata().getUid().equals(owner.getUid())).isPresent());
  }

  private Future<Requeue> foreground(Known owner) {
    List<Known> alive = dependentsOf(owner.object().getMetadata().getUid()).stream()
        .map(byUid::get).filter(known -> known != null).toList();
    List<Future<Void>> deletions = alive.stream().filter(known -> !Metadata.isDeleting(known.object()))
        .map(known -> delete(known, "Foreground")).toList();
    boolean blocked = alive.stream().anyMatch(known -> blocks(known, owner));
    return Future.all(deletions).compose(_ -> blocked ? settled() : removeFinalizer(owner, FOREGROUND));
  }

  private static boolean blocks(Known dependent, Known owner) {
    return Metadata.owners(dependent.object()).stream()
        .anyMatch(reference -> reference.getUid().equals(owner.object().getMetadata().getUid())
            && Boolean.TRUE.equals(reference.getBlockOwnerDeletion()));
  }

  private Future<Requeue> orphan(Known owner) {
    String uid = owner.object().getMetadata().getUid();
    List<Future<Void>> released = dependentsOf(uid).stream().map(byUid::get).filter(known -> known != null)
        .map(known -> release(known, uid)).toList();
    return Future.all(released).compose(_ -> removeFinalizer(owner, ORPHAN));
  }

  private Future<Void> release(Known dependent, String ownerUid) {
    List<OwnerReference> kept = new ArrayList<>(Metadata.owners(dependent.object()));
    kept.removeIf(reference -> reference.getUid().equals(ownerUid));
    ObjectNode patch = Json.MAPPER.createObjectNode();
    ObjectNode metadata = patch.putObject("metadata")
        .put("resourceVersion", dependent.object().getMetadata().getResourceVersion());
    ArrayNode owners = metadata.putArray("ownerReferences");
    kept.forEach(reference -> owners.add(Json.MAPPER.<ObjectNode>valueToTree(reference)));
    return cluster.client().patch(dependent.cache().type().metadataOnly(), Cluster.keyOf(dependent.object()), patch)
        .mapEmpty();
  }

  private Future<Requeue> removeFinalizer(Known owner, String finalizer) {
    ObjectNode patch = Metadata.finalizersPatch(owner.object(), List.of(), List.of(finalizer));
    return cluster.client().patch(owner.cache().type().metadataOnly(), Cluster.keyOf(owner.object()), patch)
        .map(_ -> Requeue.settled());
  }

  private Future<Void> delete(Known known, String propagation) {
    DeleteOptions options = new DeleteOptions(known.object().getMetadata().getUid(), "", propagation);
    return cluster.client().deleteIfPresent(known.cache().type(), Cluster.keyOf(known.object()), options);
  }

  private static String group(String apiVersion) {
    return Optional.of(apiVersion.indexOf('/')).filter(at -> at > 0).map(at -> apiVersion.substring(0, at)).orElse("");
  }
}
