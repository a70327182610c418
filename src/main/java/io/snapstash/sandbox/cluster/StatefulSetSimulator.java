package io.snapstash.sandbox.cluster;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatusBuilder;
import io.snapstash.engine.Reconciliation;
import io.snapstash.engine.Requeue;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.Index;
import io.snapstash.kube.KubeFailure;
import io.snapstash.kube.ResourceTypes;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * StatefulSet controller, just enough: claims from templates, Pods by ordinal, all at once. Claims outlive the set,
 * and one that is there already is used as it is: that is how a restored volume gets into a new StatefulSet.
 */
final class StatefulSetSimulator extends Part {
  private static final String ORDINAL_LABEL = "apps.kubernetes.io/pod-index";
  private static final String POD_LABEL = "statefulset.kubernetes.io/pod-name";
  private final Index<Pod> podsByOwner;

  StatefulSetSimulator(Cluster cluster) {
    super("statefulsets", cluster);
    this.podsByOwner = cluster.cache(ResourceTypes.PODS)
        .index(pod -> Metadata.controllerUid(pod).map(List::of).orElse(List.of()));
    offerAll(cluster.cache(ResourceTypes.STATEFUL_SETS));
    cluster.cache(ResourceTypes.PODS).onChange((before, after) -> after.or(() -> before).ifPresent(pod ->
        Metadata.owners(pod).stream().filter(owner -> "StatefulSet".equals(owner.getKind()))
            .forEach(owner -> offer(new ResourceKey(pod.getMetadata().getNamespace(), owner.getName())))));
  }

  @Override
  protected Future<Requeue> pass(Reconciliation run) {
    Optional<StatefulSet> found = cluster.cache(ResourceTypes.STATEFUL_SETS).get(run.key());
    if (found.isEmpty() || Metadata.isDeleting(found.get())) {
      return settled();
    }
    StatefulSet set = found.get();
    List<Integer> ordinals = ordinals(set);
    List<Future<Void>> work = new ArrayList<>();
    ordinals.forEach(ordinal -> work.add(ensure(set, ordinal)));
    podsByOwner.get(set.getMetadata().getUid()).stream()
        .filter(pod -> !Metadata.isDeleting(pod) && ordinals.stream().noneMatch(ordinal ->
            pod.getMetadata().getName().equals(podName(set, ordinal))))
        .forEach(pod -> work.add(cluster.delete(ResourceTypes.PODS, pod)));
    return Future.all(work).compose(_ -> report(set)).map(_ -> Requeue.settled());
  }

  private static List<Integer> ordinals(StatefulSet set) {
    int start = set.getSpec().getOrdinals() == null || set.getSpec().getOrdinals().getStart() == null
        ? 0 : set.getSpec().getOrdinals().getStart();
    int replicas = Optional.ofNullable(set.getSpec().getReplicas()).orElse(1);
    return IntStream.range(start, start + replicas).boxed().toList();
  }

  private static String podName(StatefulSet set, int ordinal) {
    return set.getMetadata().getName() + "-" + ordinal;
  }

  private Future<Void> ensure(StatefulSet set, int ordinal) {
    String pod = podName(set, ordinal);
    String namespace = set.getMetadata().getNamespace();
    List<Future<Void>> claims = templates(set).stream().map(template -> {
      String name = template.getMetadata().getName() + "-" + pod;
      return cluster.cache(ResourceTypes.CLAIMS).get(new ResourceKey(namespace, name)).isPresent()
          ? Future.<Void>succeededFuture() : create(claim(set, template, name));
    }).toList();
    boolean present = cluster.cache(ResourceTypes.PODS).get(new ResourceKey(namespace, pod)).isPresent();
    return Future.all(claims).compose(_ -> present ? Future.succeededFuture()
        : unlessThere(cluster.create(ResourceTypes.PODS, pod(set, ordinal)).mapEmpty()));
  }

  private Future<Void> create(PersistentVolumeClaim claim) {
    return unlessThere(cluster.create(ResourceTypes.CLAIMS, claim).mapEmpty());
  }

  private static Future<Void> unlessThere(Future<Void> creation) {
    return creation.recover(failure -> KubeFailure.is(failure, KubeFailure.Kind.ALREADY_EXISTS)
        ? Future.succeededFuture() : Future.failedFuture(failure));
  }

  private static List<PersistentVolumeClaim> templates(StatefulSet set) {
    return set.getSpec().getVolumeClaimTemplates() == null ? List.of() : set.getSpec().getVolumeClaimTemplates();
  }

  private static PersistentVolumeClaim claim(StatefulSet set, PersistentVolumeClaim template, String name) {
    Map<String, String> labels = new HashMap<>(Metadata.labels(template));
    Optional.ofNullable(set.getSpec().getSelector()).map(selector -> selector.getMatchLabels())
        .ifPresent(labels::putAll);
    return new PersistentVolumeClaimBuilder().withNewMetadata().withName(name)
        .withNamespace(set.getMetadata().getNamespace()).withLabels(labels)
        .withAnnotations(Metadata.annotations(template)).endMetadata().withSpec(template.getSpec()).build();
  }

  private static Pod pod(StatefulSet set, int ordinal) {
    String name = podName(set, ordinal);
    List<Volume> volumes = new ArrayList<>();
    templates(set).forEach(template -> volumes.add(new VolumeBuilder().withName(template.getMetadata().getName())
        .withNewPersistentVolumeClaim().withClaimName(template.getMetadata().getName() + "-" + name)
        .endPersistentVolumeClaim().build()));
    Optional.ofNullable(set.getSpec().getTemplate().getSpec().getVolumes()).ifPresent(volumes::addAll);
    return WorkloadPods.from(set, set.getSpec().getTemplate()).editMetadata().withName(name)
        .addToLabels(POD_LABEL, name).addToLabels(ORDINAL_LABEL, String.valueOf(ordinal)).endMetadata()
        .editSpec().withHostname(name).withVolumes(volumes).endSpec().build();
  }

  private Future<StatefulSet> report(StatefulSet set) {
    List<Pod> pods = podsByOwner.get(set.getMetadata().getUid());
    int ready = (int) pods.stream().filter(PodStatuses::isReady).count();
    return cluster.patchStatus(ResourceTypes.STATEFUL_SETS, set, new StatefulSetStatusBuilder()
        .withReplicas(pods.size()).withReadyReplicas(ready).withAvailableReplicas(ready)
        .withCurrentReplicas(pods.size()).withUpdatedReplicas(pods.size())
        .withObservedGeneration(set.getMetadata().getGeneration()).build());
  }
}
