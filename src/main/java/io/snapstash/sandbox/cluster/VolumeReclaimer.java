package io.snapstash.sandbox.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.snapstash.engine.Reconciliation;
import io.snapstash.engine.Requeue;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.Index;
import io.snapstash.kube.ResourceType;
import io.snapstash.kube.ResourceTypes;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Lets claims and volumes go: the in-use protection of both, and what becomes of a volume without its claim. Keys with
 * a namespace are claims, those without are volumes.
 */
final class VolumeReclaimer extends Part {
  private static final String CLAIM_PROTECTION = "kubernetes.io/pvc-protection";
  private static final String VOLUME_PROTECTION = "kubernetes.io/pv-protection";

  private final Index<Pod> podsByClaim;

  VolumeReclaimer(Cluster cluster) {
    super("reclaim", cluster);
    this.podsByClaim = cluster.cache(ResourceTypes.PODS).index(Kubelet::claimsOf);
    cluster.cache(ResourceTypes.CLAIMS).onChange((before, after) -> {
      after.filter(claim -> Metadata.isDeleting(claim) || !Metadata.hasFinalizer(claim, CLAIM_PROTECTION))
          .ifPresent(this::offer);
      if (after.isEmpty()) {
        before.map(claim -> claim.getSpec().getVolumeName()).filter(name -> !name.isEmpty())
            .ifPresent(name -> offer(ResourceKey.clusterScoped(name)));
      }
    });
    offerAll(cluster.cache(ResourceTypes.VOLUMES));
    cluster.cache(ResourceTypes.PODS).onChange((before, after) -> {
      if (after.isEmpty() || PodStatuses.isOver(after.get())) {
        before.ifPresent(pod -> Kubelet.claimsOf(pod).forEach(claim -> offer(new ResourceKey(
            pod.getMetadata().getNamespace(), claim.substring(claim.indexOf('/') + 1)))));
      }
    });
  }

  @Override
  protected Future<Requeue> pass(Reconciliation run) {
    if (run.key().namespace().isEmpty()) {
      return cluster.cache(ResourceTypes.VOLUMES).get(run.key()).map(this::reclaim).orElseGet(Part::settled);
    }
    return cluster.cache(ResourceTypes.CLAIMS).get(run.key())
        .map(claim -> Metadata.isDeleting(claim) ? letGo(claim) : protect(claim)).orElseGet(Part::settled);
  }

  /** Admission of a real API server has done so already. */
  private Future<Requeue> protect(PersistentVolumeClaim claim) {
    return Metadata.hasFinalizer(claim, CLAIM_PROTECTION) ? settled()
        : cluster.patch(ResourceTypes.CLAIMS, claim,
            Metadata.finalizersPatch(claim, List.of(CLAIM_PROTECTION), List.of())).map(_ -> Requeue.settled());
  }

  private Future<Requeue> letGo(PersistentVolumeClaim claim) {
    return isInUse(claim) ? settled() : release(ResourceTypes.CLAIMS, claim, CLAIM_PROTECTION);
  }

  private boolean isInUse(PersistentVolumeClaim claim) {
    return podsByClaim.get(Cluster.keyOf(claim).toString()).stream().anyMatch(pod -> !PodStatuses.isOver(pod));
  }

  private <T extends HasMetadata> Future<Requeue> release(ResourceType<T> type, T object, String finalizer) {
    return !Metadata.hasFinalizer(object, finalizer) ? settled()
        : cluster.patch(type, object, Metadata.finalizersPatch(object, List.of(), List.of(finalizer)))
            .map(_ -> Requeue.settled());
  }

  private Future<Requeue> reclaim(PersistentVolume volume) {
    var claimRef = Optional.ofNullable(volume.getSpec().getClaimRef());
    boolean held = claimRef.isEmpty() || claimRef.get().getUid() == null || cluster.cache(ResourceTypes.CLAIMS)
        .get(new ResourceKey(claimRef.get().getNamespace(), claimRef.get().getName()))
        .filter(claim -> claim.getMetadata().getUid().equals(claimRef.get().getUid())).isPresent();
    if (held) {
      return settled();
    }
    if (Metadata.isDeleting(volume)) {
      return release(ResourceTypes.VOLUMES, volume, VOLUME_PROTECTION);
    }
    boolean ours = volume.getSpec().getCsi() != null
        && SnapshotDriver.NAME.equals(volume.getSpec().getCsi().getDriver());
    if (ours && "Delete".equals(volume.getSpec().getPersistentVolumeReclaimPolicy())) {
      cluster.disks().deleteVolume(volume.getSpec().getCsi().getVolumeHandle());
      return cluster.delete(ResourceTypes.VOLUMES, volume).map(_ -> Requeue.settled());
    }
    return cluster.patchStatus(ResourceTypes.VOLUMES, volume,
        new PersistentVolumeStatusBuilder().withPhase("Released").build()).map(_ -> Requeue.settled());
  }
}
