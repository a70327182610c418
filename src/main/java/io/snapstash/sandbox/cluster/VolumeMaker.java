package io.snapstash.sandbox.cluster;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.snapstash.csi.CsiTypes;
import io.snapstash.csi.VolumeSnapshot;
import io.snapstash.csi.VolumeSnapshotContent;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.ResourceTypes;
import java.util.Map;
import java.util.Optional;

/**
 * External provisioner and driver: what a new volume is filled with, and the volume itself. The checks of a snapshot
 * source, and which of them are final, are those found on a real cluster.
 */
final class VolumeMaker {
  /** What the data source of a claim comes to. */
  sealed interface Content {}

  record Bytes(byte[] bytes) implements Content {}

  /** Tried again with growing delay. */
  record NotYet(String reason) implements Content {}

  /** Pending for good; an empty reason means that nobody says anything either. */
  record Never(String reason) implements Content {}

  private static final String SNAPSHOTS = "snapshot.storage.k8s.io";

  private final Cluster cluster;

  VolumeMaker(Cluster cluster) {
    this.cluster = cluster;
  }

  Content contentFor(PersistentVolumeClaim claim, StorageClass storageClass) {
    Optional<Claims.Source> source = Claims.source(claim);
    if (source.isEmpty()) {
      return new Bytes(new byte[0]);
    }
    if (source.get().group().equals(SNAPSHOTS) && source.get().kind().equals("VolumeSnapshot")) {
      return fromSnapshot(claim, storageClass, source.get().name());
    }
    if (source.get().group().isEmpty() && source.get().kind().equals("PersistentVolumeClaim")) {
      return fromClaim(claim, source.get().name());
    }
    return new Never("");
  }

  private Content fromSnapshot(PersistentVolumeClaim claim, StorageClass storageClass, String name) {
    String prefix = "error getting handle for DataSource Type VolumeSnapshot by Name " + name + ": ";
    Optional<VolumeSnapshot> found = cluster.cache(CsiTypes.VOLUME_SNAPSHOTS)
        .get(new ResourceKey(claim.getMetadata().getNamespace(), name));
    if (found.isEmpty()) {
      return new NotYet(prefix + "error getting snapshot " + name + " from api server: not found");
    }
    VolumeSnapshot snapshot = found.get();
    if (Metadata.isDeleting(snapshot)) {
      return new NotYet(prefix + "snapshot " + name + " is being deleted");
    }
    String contentName = snapshot.getStatus() == null ? null : snapshot.getStatus().boundVolumeSnapshotContentName();
    if (contentName == null) {
      return new NotYet(prefix + "snapshot " + name + " not bound");
    }
    Optional<VolumeSnapshotContent> content =
        cluster.cache(CsiTypes.VOLUME_SNAPSHOT_CONTENTS).get(ResourceKey.clusterScoped(contentName));
    if (content.isEmpty()) {
      return new NotYet(prefix + "snapshotcontent " + contentName + " not found");
    }
    if (!snapshot.isReady()) {
      return new NotYet(prefix + "snapshot " + name + " is not Ready");
    }
    return fromContent(claim, storageClass, snapshot, content.get());
  }

  private Content fromContent(PersistentVolumeClaim claim, StorageClass storageClass, VolumeSnapshot snapshot,
      VolumeSnapshotContent content) {
    String name = snapshot.getMetadata().getName();
    if (!storageClass.getProvisioner().equals(content.getSpec().driver())) {
      return new Never("error getting handle for DataSource Type VolumeSnapshot by Name " + name
          + ": provisioner and driver of the snapshot differ");
    }
    String mode = content.getSpec().sourceVolumeMode();
    if (mode != null && !mode.equals(Claims.mode(claim))) {
      return new Never("requested volume " + Cluster.keyOf(claim) + " modifies the mode of the source volume but does "
          + "not have permission to do so.");
    }
    String handle = content.getStatus() == null ? null : content.getStatus().snapshotHandle();
    Optional<DiskArray.Cut> cut = Optional.ofNullable(handle).flatMap(cluster.disks()::snapshot);
    if (cut.isEmpty()) {
      return new NotYet("rpc error: code = NotFound desc = snapshot " + handle + " does not exist");
    }
    if (Claims.requestedBytes(claim) < cut.get().restoreSize()) {
      return new Never("requested volume size " + Claims.requestedBytes(claim) + " is less than the size "
          + cut.get().restoreSize() + " for the source snapshot " + name);
    }
    return new Bytes(cut.get().bytes());
  }

  private Content fromClaim(PersistentVolumeClaim claim, String name) {
    return cluster.cache(ResourceTypes.CLAIMS).get(new ResourceKey(claim.getMetadata().getNamespace(), name))
        .filter(Claims::isBound)
        .flatMap(source -> cluster.cache(ResourceTypes.VOLUMES)
            .get(ResourceKey.clusterScoped(source.getSpec().getVolumeName())))
        .flatMap(volume -> cluster.disks().read(volume.getSpec().getCsi().getVolumeHandle()))
        .<Content>map(Bytes::new)
        .orElse(new NotYet("error getting handle for DataSource Type PersistentVolumeClaim by Name " + name));
  }

  PersistentVolume make(PersistentVolumeClaim claim, StorageClass storageClass, byte[] bytes) {
    String name = "pvc-" + claim.getMetadata().getUid();
    DiskArray.Volume made = cluster.disks().makeVolume(claim.getMetadata().getUid(), Claims.requestedBytes(claim),
        Cluster.keyOf(claim), bytes);
    return new PersistentVolumeBuilder().withNewMetadata().withName(name)
        .withAnnotations(Map.of("pv.kubernetes.io/provisioned-by", storageClass.getProvisioner())).endMetadata()
        .withNewSpec().withAccessModes(claim.getSpec().getAccessModes())
        .withCapacity(Map.of("storage", Claims.requested(claim).orElse(new Quantity("0"))))
        .withNewClaimRef().withApiVersion("v1").withKind("PersistentVolumeClaim")
        .withNamespace(claim.getMetadata().getNamespace()).withName(claim.getMetadata().getName())
        .withUid(claim.getMetadata().getUid()).endClaimRef()
        .withNewCsi().withDriver(storageClass.getProvisioner()).withVolumeHandle(made.handle()).endCsi()
        .withPersistentVolumeReclaimPolicy(Optional.ofNullable(storageClass.getReclaimPolicy()).orElse("Delete"))
        .withStorageClassName(storageClass.getMetadata().getName())
        .withVolumeMode(Claims.mode(claim)).endSpec().build();
  }
}
