package io.snapstash.sandbox.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.snapstash.engine.Reconciliation;
import io.snapstash.engine.Requeue;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.Index;
import io.snapstash.kube.ResourceType;
import io.snapstash.kube.ResourceTypes;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * Keeps a number of equal Pods: Deployments and DaemonSets (one node, so one Pod). Just enough to give claims a
 * consumer: no ReplicaSets between, no rollout; a changed template reaches new Pods only.
 */
final class ReplicaSimulator<T extends HasMetadata> extends Part {
  private record Shape<T>(Function<T, PodTemplateSpec> template, ToIntFunction<T> replicas, Report<T> report) {}

  @FunctionalInterface
  private interface Report<T> {
    Object status(T workload, int present, int ready);
  }

  private final ResourceType<T> type;
  private final Shape<T> shape;
  private final Index<Pod> podsByOwner;

  private ReplicaSimulator(Cluster cluster, ResourceType<T> type, Shape<T> shape) {
    super(type.plural(), cluster);
    this.type = type;
    this.shape = shape;
    this.podsByOwner = cluster.cache(ResourceTypes.PODS)
        .index(pod -> Metadata.controllerUid(pod).map(List::of).orElse(List.of()));
    offerAll(cluster.cache(type));
    cluster.cache(ResourceTypes.PODS).onChange((before, after) -> after.or(() -> before).ifPresent(pod ->
        Metadata.owners(pod).stream().filter(owner -> type.kind().equals(owner.getKind()))
            .forEach(owner -> offer(new ResourceKey(pod.getMetadata().getNamespace(), owner.getName())))));
  }

  static ReplicaSimulator<Deployment> deployments(Cluster cluster) {
    return new ReplicaSimulator<>(cluster, ResourceTypes.DEPLOYMENTS, new Shape<>(
        deployment -> deployment.getSpec().getTemplate(),
        deployment -> Optional.ofNullable(deployment.getSpec().getReplicas()).orElse(1),
        (deployment, present, ready) -> new DeploymentStatusBuilder().withReplicas(present).withReadyReplicas(ready)
            .withAvailableReplicas(ready).withUpdatedReplicas(present)
            .withObservedGeneration(deployment.getMetadata().getGeneration()).build()));
  }

  static ReplicaSimulator<DaemonSet> daemonSets(Cluster cluster) {
    return new ReplicaSimulator<>(cluster, ResourceTypes.DAEMON_SETS, new Shape<>(
        set -> set.getSpec().getTemplate(), _ -> 1,
        (set, present, ready) -> new DaemonSetStatusBuilder().withCurrentNumberScheduled(present)
            .withDesiredNumberScheduled(1).withNumberMisscheduled(0).withNumberReady(ready)
            .withNumberAvailable(ready).withUpdatedNumberScheduled(present)
            .withObservedGeneration(set.getMetadata().getGeneration()).build()));
  }

  @Override
  protected Future<Requeue> pass(Reconciliation run) {
    Optional<T> found = cluster.cache(type).get(run.key());
    if (found.isEmpty() || Metadata.isDeleting(found.get())) {
      return settled();
    }
    T workload = found.get();
    List<Pod> pods = alive(workload);
    int wanted = shape.replicas().applyAsInt(workload);
    List<? extends Future<?>> changes = pods.size() < wanted
        ? IntStream.range(pods.size(), wanted).mapToObj(_ -> cluster.create(ResourceTypes.PODS,
            WorkloadPods.generated(workload, shape.template().apply(workload)))).toList()
        : pods.stream().skip(wanted).map(pod -> cluster.delete(ResourceTypes.PODS, pod)).toList();
    return Future.all(changes).compose(_ -> {
      List<Pod> now = alive(workload);
      int ready = (int) now.stream().filter(PodStatuses::isReady).count();
      return cluster.patchStatus(type, workload, shape.report().status(workload, now.size(), ready));
    }).map(_ -> Requeue.settled());
  }

  private List<Pod> alive(T workload) {
    return podsByOwner.get(workload.getMetadata().getUid()).stream()
        .filter(pod -> !Metadata.isDeleting(pod) && !PodStatuses.isOver(pod)).toList();
  }
}
