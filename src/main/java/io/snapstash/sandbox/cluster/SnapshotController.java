package io.snapstash.sandbox.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.snapstash.api.Json;
import io.snapstash.csi.CsiTypes;
import io.snapstash.csi.VolumeSnapshot;
import io.snapstash.csi.VolumeSnapshotClass;
import io.snapstash.csi.VolumeSnapshotContent;
import io.snapstash.engine.Backoff;
import io.snapstash.engine.PassFailure;
import io.snapstash.engine.Reconciliation;
import io.snapstash.engine.Requeue;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.Index;
import io.snapstash.kube.KubeFailure;
import io.snapstash.kube.ResourceTypes;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The half of the external snapshotter that binds: VolumeSnapshot to content, in both directions, and the finalizers
 * that hold a snapshot while somebody needs it. It never speaks to the driver; that is {@link SnapshotDriver}.
 */
final class SnapshotController extends Part {
  static final String BEING_DELETED = "snapshot.storage.kubernetes.io/volumesnapshot-being-deleted";
  private static final String AS_SOURCE = "snapshot.storage.kubernetes.io/volumesnapshot-as-source-protection";
  private static final String BOUND = "snapshot.storage.kubernetes.io/volumesnapshot-bound-protection";
  private static final String CLAIM_AS_SOURCE = "snapshot.storage.kubernetes.io/pvc-as-source-protection";
  private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(5);

  private final Index<VolumeSnapshot> snapshotsByClaim;
  private final EventRecorder events;

  SnapshotController(Cluster cluster) {
    super("volumesnapshots", cluster, new Backoff(FIRST_DELAY, LONGEST_DELAY, () -> 0));
    this.events = new EventRecorder(cluster, "snapshot-controller");
    this.snapshotsByClaim = cluster.cache(CsiTypes.VOLUME_SNAPSHOTS).index(snapshot ->
        claimName(snapshot).map(name -> List.of(snapshot.getMetadata().getNamespace() + "/" + name)).orElse(List.of()));
    offerAll(cluster.cache(CsiTypes.VOLUME_SNAPSHOTS));
    cluster.cache(CsiTypes.VOLUME_SNAPSHOT_CONTENTS).onChange((before, after) -> after.or(() -> before)
        .map(content -> content.getSpec().volumeSnapshotRef())
        .ifPresent(ref -> offer(new ResourceKey(ref.namespace(), ref.name()))));
    cluster.cache(ResourceTypes.CLAIMS).onChange((_, after) -> after.ifPresent(claim ->
        snapshotsByClaim.get(Cluster.keyOf(claim).toString()).stream()
            .filter(snapshot -> !Metadata.isDeleting(snapshot) && contentOf(snapshot).isEmpty()).forEach(this::offer)));
    cluster.cache(CsiTypes.VOLUME_SNAPSHOT_CLASSES).onChange((_, _) -> cluster.cache(CsiTypes.VOLUME_SNAPSHOTS).all()
        .stream().filter(snapshot -> contentOf(snapshot).isEmpty()).forEach(this::offer));
  }

  private static Optional<String> claimName(VolumeSnapshot snapshot) {
    return Optional.ofNullable(snapshot.getSpec().source())
        .map(VolumeSnapshot.Source::persistentVolumeClaimName);
  }

  private Optional<VolumeSnapshotContent> contentOf(VolumeSnapshot snapshot) {
    String name = Optional.ofNullable(snapshot.getSpec().source())
        .map(VolumeSnapshot.Source::volumeSnapshotContentName)
        .orElse("snapcontent-" + snapshot.getMetadata().getUid());
    return cluster.cache(CsiTypes.VOLUME_SNAPSHOT_CONTENTS).get(ResourceKey.clusterScoped(name));
  }

  @Override
  protected Future<Requeue> pass(Reconciliation run) {
    Optional<VolumeSnapshot> found = cluster.cache(CsiTypes.VOLUME_SNAPSHOTS).get(run.key());
    if (found.isEmpty()) {
      return settled();
    }
    VolumeSnapshot snapshot = found.get();
    if (Metadata.isDeleting(snapshot)) {
      return letGo(snapshot);
    }
    return protect(snapshot)
        .compose(guarded -> claimName(guarded).isPresent() ? dynamic(guarded) : provisioned(guarded))
        .recover(failure -> failure instanceof KubeFailure || !(failure instanceof PassFailure)
            ? Future.failedFuture(failure) : complain(snapshot, failure.getMessage()));
  }

  private Future<VolumeSnapshot> protect(VolumeSnapshot snapshot) {
    List<String> wanted = new ArrayList<>(List.of(AS_SOURCE));
    contentOf(snapshot).filter(content -> "Delete".equals(content.getSpec().deletionPolicy()))
        .ifPresent(_ -> wanted.add(BOUND));
    return wanted.stream().allMatch(finalizer -> Metadata.hasFinalizer(snapshot, finalizer))
        ? Future.succeededFuture(snapshot)
        : cluster.patch(CsiTypes.VOLUME_SNAPSHOTS, snapshot, Metadata.finalizersPatch(snapshot, wanted, List.of()));
  }

  /** Not final: it is mended by whoever makes the missing thing. */
  private Future<Requeue> complain(VolumeSnapshot snapshot, String message) {
    VolumeSnapshot current = cluster.cache(CsiTypes.VOLUME_SNAPSHOTS).get(Cluster.keyOf(snapshot)).orElse(snapshot);
    Future<?> told = SnapshotStatus.shows(current, message) ? Future.succeededFuture()
        : cluster.patchStatus(CsiTypes.VOLUME_SNAPSHOTS, current, SnapshotStatus.error(message, cluster.time().now()));
    return told.compose(_ -> retry(message));
  }

  private Future<Requeue> provisioned(VolumeSnapshot snapshot) {
    VolumeSnapshotContent content = contentOf(snapshot).orElseThrow(() ->
        new PassFailure("VolumeSnapshotContent is missing"));
    var ref = content.getSpec().volumeSnapshotRef();
    boolean ours = snapshot.getMetadata().getName().equals(ref.name())
        && snapshot.getMetadata().getNamespace().equals(ref.namespace())
        && (ref.uid() == null || ref.uid().isEmpty() || ref.uid().equals(snapshot.getMetadata().getUid()));
    if (!ours) {
      return Future.failedFuture(new PassFailure("VolumeSnapshotContent is bound to a different snapshot"));
    }
    ObjectNode patch = Json.MAPPER.createObjectNode();
    patch.putObject("spec").putObject("volumeSnapshotRef").put("uid", snapshot.getMetadata().getUid());
    return cluster.patch(CsiTypes.VOLUME_SNAPSHOT_CONTENTS, content, patch)
        .compose(bound -> show(snapshot, bound));
  }

  private Future<Requeue> show(VolumeSnapshot snapshot, VolumeSnapshotContent content) {
    return cluster.patchStatus(CsiTypes.VOLUME_SNAPSHOTS, snapshot, SnapshotStatus.mirror(content))
        .map(_ -> Requeue.settled());
  }

  private Future<Requeue> dynamic(VolumeSnapshot snapshot) {
    Optional<VolumeSnapshotContent> content = contentOf(snapshot);
    if (content.isPresent()) {
      boolean isCut = content.get().getStatus() != null && content.get().getStatus().creationTime() != null;
      return (isCut ? releaseSource(snapshot) : Future.<Void>succeededFuture())
          .compose(_ -> show(snapshot, content.get()));
    }
    PersistentVolumeClaim claim = cluster.cache(ResourceTypes.CLAIMS)
        .get(new ResourceKey(snapshot.getMetadata().getNamespace(), claimName(snapshot).orElseThrow()))
        .orElseThrow(() -> new PassFailure("Failed to create snapshot content with error snapshot controller failed to "
            + "update: failed to get input parameters to create snapshot: the claim does not exist"));
    PersistentVolume volume = Optional.of(claim).filter(Claims::isBound)
        .flatMap(bound -> cluster.cache(ResourceTypes.VOLUMES)
            .get(ResourceKey.clusterScoped(bound.getSpec().getVolumeName())))
        .filter(bound -> bound.getSpec().getCsi() != null)
        .orElseThrow(() -> new PassFailure("Failed to create snapshot content with error: the claim is not bound to a "
            + "CSI volume"));
    VolumeSnapshotClass chosen = classFor(snapshot, volume);
    ObjectNode naming = Json.MAPPER.createObjectNode();
    naming.putObject("spec").put("volumeSnapshotClassName", chosen.getMetadata().getName());
    return cluster.patch(CsiTypes.VOLUME_SNAPSHOTS, snapshot, naming)
        .compose(_ -> cluster.patch(ResourceTypes.CLAIMS, claim,
            Metadata.finalizersPatch(claim, List.of(CLAIM_AS_SOURCE), List.of())))
        .compose(_ -> cluster.create(CsiTypes.VOLUME_SNAPSHOT_CONTENTS, content(snapshot, volume, chosen)))
        .map(_ -> Requeue.after(Duration.ZERO));
  }

  private VolumeSnapshotClass classFor(VolumeSnapshot snapshot, PersistentVolume volume) {
    String driver = volume.getSpec().getCsi().getDriver();
    String named = snapshot.getSpec().volumeSnapshotClassName();
    VolumeSnapshotClass chosen = cluster.cache(CsiTypes.VOLUME_SNAPSHOT_CLASSES).all().stream()
        .filter(candidate -> named == null || named.isEmpty()
            ? candidate.isDefaultClass() && driver.equals(candidate.getDriver())
            : candidate.getMetadata().getName().equals(named))
        .findFirst().orElseThrow(() -> new PassFailure(named == null || named.isEmpty()
            ? "cannot find default snapshot class" : "failed to get volume snapshot class " + named));
    if (!driver.equals(chosen.getDriver())) {
      throw new PassFailure("driver of class " + chosen.getMetadata().getName() + " is not the volume's: " + driver);
    }
    return chosen;
  }

  private static VolumeSnapshotContent content(VolumeSnapshot snapshot, PersistentVolume volume,
      VolumeSnapshotClass chosen) {
    VolumeSnapshotContent content = new VolumeSnapshotContent();
    content.getMetadata().setName("snapcontent-" + snapshot.getMetadata().getUid());
    content.getMetadata().setFinalizers(List.of(SnapshotDriver.CONTENT_BOUND));
    String mode = Objects.requireNonNullElse(volume.getSpec().getVolumeMode(), "Filesystem");
    content.setSpec(new VolumeSnapshotContent.Spec(volume.getSpec().getCsi().getDriver(), chosen.getDeletionPolicy(),
        chosen.getMetadata().getName(), mode,
        new VolumeSnapshotContent.Source(null, volume.getSpec().getCsi().getVolumeHandle()),
        new VolumeSnapshotContent.Reference(snapshot.getMetadata().getNamespace(), snapshot.getMetadata().getName(),
            snapshot.getMetadata().getUid())));
    return content;
  }

  /** The claim was held for the cut only. */
  private Future<Void> releaseSource(VolumeSnapshot snapshot) {
    ResourceKey key = new ResourceKey(snapshot.getMetadata().getNamespace(), claimName(snapshot).orElseThrow());
    boolean others = snapshotsByClaim.get(key.toString()).stream()
        .filter(other -> !other.getMetadata().getUid().equals(snapshot.getMetadata().getUid()))
        .anyMatch(other -> contentOf(other).filter(content -> content.getStatus() != null
            && content.getStatus().creationTime() != null).isEmpty());
    return cluster.cache(ResourceTypes.CLAIMS).get(key).filter(_ -> !others)
        .filter(claim -> Metadata.hasFinalizer(claim, CLAIM_AS_SOURCE))
        .map(claim -> cluster.patch(ResourceTypes.CLAIMS, claim,
            Metadata.finalizersPatch(claim, List.of(), List.of(CLAIM_AS_SOURCE))).<Void>mapEmpty())
        .orElseGet(Future::succeededFuture);
  }

  private Future<Requeue> letGo(VolumeSnapshot snapshot) {
    boolean wanted = cluster.cache(ResourceTypes.CLAIMS).all().stream()
        .filter(claim -> Objects.equals(claim.getMetadata().getNamespace(), snapshot.getMetadata().getNamespace()))
        .anyMatch(claim -> !Claims.isBound(claim)
            && Claims.comesFromSnapshot(claim, snapshot.getMetadata().getName()));
    if (wanted) {
      events.warning(snapshot, "SnapshotDeletePending", "Snapshot is being used to restore a PVC");
      return retry("used by a pending claim");
    }
    Optional<VolumeSnapshotContent> content = contentOf(snapshot).filter(found -> found.getSpec().volumeSnapshotRef()
        .uid() == null || found.getSpec().volumeSnapshotRef().uid().equals(snapshot.getMetadata().getUid()));
    if (content.isEmpty()) {
      return dropFinalizers(snapshot);
    }
    boolean goes = "Delete".equals(content.get().getSpec().deletionPolicy());
    return cluster.patch(CsiTypes.VOLUME_SNAPSHOT_CONTENTS, content.get(),
            Metadata.annotationsPatch(Map.of(BEING_DELETED, "yes")))
        .compose(marked -> !goes ? dropFinalizers(snapshot) : Metadata.isDeleting(marked) ? settled()
            : cluster.delete(CsiTypes.VOLUME_SNAPSHOT_CONTENTS, marked).map(_ -> Requeue.settled()));
  }

  private Future<Requeue> dropFinalizers(VolumeSnapshot snapshot) {
    return cluster.patch(CsiTypes.VOLUME_SNAPSHOTS, snapshot,
            Metadata.finalizersPatch(snapshot, List.of(), List.of(AS_SOURCE, BOUND)))
        .map(_ -> Requeue.settled());
  }
}
