package io.snapstash.controller.hook;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.snapstash.api.OwnerFilter;
import io.snapstash.api.PodExecutor;
import io.snapstash.controller.Metadata;
import io.snapstash.domain.Absent;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.KubeClient;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.kube.Selection;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which Pods a hook runs in (behaviour 11.3): Running ones that the selector names, and the owner filter lets pass. */
final class HookPods {
  private static final String ALL = "ExecuteOnAll";

  private final KubeClient kube;

  HookPods(KubeClient kube) {
    this.kube = kube;
  }

  /** By name; one, or all, as the strategy says. Empty if there is none. */
  Future<List<Pod>> choose(String namespace, PodExecutor executor) {
    Selection selection = new Selection(namespace, Absent.text(executor.selector()), "status.phase=Running");
    return kube.list(ResourceTypes.PODS, selection)
        .compose(pods -> owned(pods.stream().filter(pod -> !Metadata.isDeleting(pod))
            .sorted(Comparator.comparing(pod -> pod.getMetadata().getName())).toList(), executor.owner()))
        .map(pods -> ALL.equals(executor.strategy()) ? pods : pods.stream().limit(1).toList());
  }

  private Future<List<Pod>> owned(List<Pod> pods, OwnerFilter owner) {
    if (owner == null) {
      return Future.succeededFuture(pods);
    }
    Future<List<Pod>> kept = Future.succeededFuture(new ArrayList<>());
    for (Pod pod : pods) {
      kept = kept.compose(sofar -> isOwned(pod, owner).map(yes -> {
        if (yes) {
          sofar.add(pod);
        }
        return sofar;
      }));
    }
    return kept;
  }

  /** A Deployment owns its Pods by way of a ReplicaSet. */
  private Future<Boolean> isOwned(Pod pod, OwnerFilter owner) {
    if (names(pod, owner)) {
      return Future.succeededFuture(true);
    }
    Optional<String> set = Metadata.controller(pod, "ReplicaSet");
    return set.isEmpty() ? Future.succeededFuture(false)
        : kube.find(ResourceTypes.REPLICA_SETS, new ResourceKey(pod.getMetadata().getNamespace(), set.get()))
            .map(found -> found.filter(each -> names(each, owner)).isPresent());
  }

  private static boolean names(HasMetadata object, OwnerFilter owner) {
    return object.getMetadata().getOwnerReferences().stream().anyMatch(each ->
        each.getKind().equals(owner.kind()) && each.getName().equals(owner.name())
            && each.getApiVersion().equals(owner.apiVersion())
            && (Absent.text(owner.uid()).isEmpty() || each.getUid().equals(owner.uid())));
  }
}
