package io.snapstash.sandbox.cluster;

import io.snapstash.csi.CsiTypes;
import io.snapstash.csi.VolumeSnapshot;
import io.snapstash.csi.VolumeSnapshotContent;
import io.snapstash.engine.Backoff;
import io.snapstash.engine.Reconciliation;
import io.snapstash.engine.Requeue;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.ResourceTypes;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * The half of the external snapshotter that speaks to the driver, and the driver: cuts, waits, reports, and deletes on
 * the array. Content of another driver, or without a CSIDriver object, is left alone without a word.
 */
public final class SnapshotDriver extends Part {
  public static final String NAME = "csi.sandbox.snapstash.io";
  static final String CONTENT_BOUND = "snapshot.storage.kubernetes.io/volumesnapshotcontent-bound-protection";
  private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(5);

  private final EventRecorder events;
  private final Map<String, Instant> working = new HashMap<>();
  private final SequencedSet<ResourceKey> waiting = new LinkedHashSet<>();

  SnapshotDriver(Cluster cluster) {
    super("volumesnapshotcontents", cluster, new Backoff(FIRST_DELAY, LONGEST_DELAY, () -> 0));
    this.events = new EventRecorder(cluster, "csi-snapshotter");
    cluster.cache(CsiTypes.VOLUME_SNAPSHOT_CONTENTS).onChange((before, after) -> {
      after.or(() -> before).ifPresent(this::offer);
      if (after.isEmpty()) {
        before.ifPresent(gone -> finished(gone.getMetadata().getUid()));
      }
    });
    cluster.cache(ResourceTypes.CSI_DRIVERS).onChange((_, _) ->
        cluster.cache(CsiTypes.VOLUME_SNAPSHOT_CONTENTS).all().forEach(this::offer));
    cluster.cache(CsiTypes.VOLUME_SNAPSHOT_CLASSES).onChange((_, _) ->
        cluster.cache(CsiTypes.VOLUME_SNAPSHOT_CONTENTS).all().stream().filter(content -> !isReady(content))
            .forEach(this::offer));
    cluster.behaviour().onHealing(() -> cluster.context().runOnContext(_ ->
        cluster.cache(CsiTypes.VOLUME_SNAPSHOT_CONTENTS).all().stream().filter(content -> !isReady(content))
            .forEach(this::offer)));
  }

  private static boolean isReady(VolumeSnapshotContent content) {
    return content.getStatus() != null && Boolean.TRUE.equals(content.getStatus().readyToUse());
  }

  @Override
  protected Future<Requeue> pass(Reconciliation run) {
    Optional<VolumeSnapshotContent> found = cluster.cache(CsiTypes.VOLUME_SNAPSHOT_CONTENTS).get(run.key());
    boolean installed =
        cluster.cache(ResourceTypes.CSI_DRIVERS).get(ResourceKey.clusterScoped(NAME)).isPresent();
    if (found.isEmpty() || !installed || !NAME.equals(found.get().getSpec().driver())) {
      return settled();
    }
    VolumeSnapshotContent content = found.get();
    if (Metadata.isDeleting(content)) {
      return mayGo(content) ? remove(content) : settled();
    }
    if (isReady(content)) {
      return settled();
    }
    return protect(content).compose(guarded -> guarded.getSpec().source().snapshotHandle() == null
        ? take(guarded, run.key()) : adopt(guarded));
  }

  /** A content whose snapshot is not being deleted waits for it, even if that snapshot is long gone. */
  private static boolean mayGo(VolumeSnapshotContent content) {
    String uid = content.getSpec().volumeSnapshotRef().uid();
    boolean neverBound = content.getSpec().source().snapshotHandle() != null && (uid == null || uid.isEmpty());
    return neverBound || Metadata.annotations(content).containsKey(SnapshotController.BEING_DELETED);
  }

  private Future<Requeue> remove(VolumeSnapshotContent content) {
    String handle = content.getStatus() != null && content.getStatus().snapshotHandle() != null
        ? content.getStatus().snapshotHandle() : content.getSpec().source().snapshotHandle();
    if ("Delete".equals(content.getSpec().deletionPolicy()) && handle != null) {
      cluster.disks().deleteSnapshot(handle);
    }
    return !Metadata.hasFinalizer(content, CONTENT_BOUND) ? settled()
        : cluster.patch(CsiTypes.VOLUME_SNAPSHOT_CONTENTS, content,
            Metadata.finalizersPatch(content, List.of(), List.of(CONTENT_BOUND))).map(_ -> Requeue.settled());
  }

  private Future<VolumeSnapshotContent> protect(VolumeSnapshotContent content) {
    return Metadata.hasFinalizer(content, CONTENT_BOUND) ? Future.succeededFuture(content)
        : cluster.patch(CsiTypes.VOLUME_SNAPSHOT_CONTENTS, content,
            Metadata.finalizersPatch(content, List.of(CONTENT_BOUND), List.of()));
  }

  private Future<Requeue> adopt(VolumeSnapshotContent content) {
    String named = content.getSpec().volumeSnapshotClassName();
    if (named != null && cluster.cache(CsiTypes.VOLUME_SNAPSHOT_CLASSES)
        .get(ResourceKey.clusterScoped(named)).isEmpty()) {
      return complain(content, "failed to get volume snapshot class " + named);
    }
    String handle = content.getSpec().source().snapshotHandle();
    return cluster.disks().snapshot(handle)
        .map(cut -> cluster.patchStatus(CsiTypes.VOLUME_SNAPSHOT_CONTENTS, content, SnapshotStatus.content(cut, true))
            .map(_ -> Requeue.settled()))
        .orElseGet(() -> complain(content, "rpc error: code = NotFound desc = can not find snapshot " + handle));
  }

  private Future<Requeue> take(VolumeSnapshotContent content, ResourceKey key) {
    String uid = content.getMetadata().getUid();
    if (!working.containsKey(uid) && working.size() >= cluster.behaviour().mostSnapshotsAtOnce()) {
      waiting.add(key);
      return settled();
    }
    String volume = content.getSpec().source().volumeHandle();
    String claim = cluster.disks().volume(volume).map(DiskArray.Volume::claim)
        .map(text -> text.substring(text.indexOf('/') + 1)).orElse("");
    boolean isCut = content.getStatus() != null && content.getStatus().snapshotHandle() != null;
    if (!isCut && cluster.behaviour().failsSnapshotNow(claim)) {
      return complain(content, "rpc error: code = Internal desc = the simulated driver was told to fail");
    }
    Instant now = cluster.time().now();
    working.putIfAbsent(uid, now);
    Optional<DiskArray.Cut> cut = isCut ? cluster.disks().snapshot(content.getStatus().snapshotHandle())
        : cluster.disks().cut(snapshotUid(content), volume, now);
    if (cut.isEmpty()) {
      finished(uid);
      return complain(content, "rpc error: code = NotFound desc = volume " + volume + " does not exist");
    }
    Optional<Instant> due = cluster.behaviour().snapshotTimeOf(claim).map(cut.get().taken()::plus);
    boolean ready = due.isPresent() && !due.get().isAfter(now);
    if (ready) {
      finished(uid);
      events.normal(content, "SnapshotReady", "the snapshot is ready to use");
    }
    Requeue next = ready || due.isEmpty() ? Requeue.settled() : Requeue.after(Duration.between(now, due.get()));
    return cluster.patchStatus(CsiTypes.VOLUME_SNAPSHOT_CONTENTS, content, SnapshotStatus.content(cut.get(), ready))
        .map(_ -> next);
  }

  private static String snapshotUid(VolumeSnapshotContent content) {
    return content.getSpec().volumeSnapshotRef().uid();
  }

  private void finished(String uid) {
    working.remove(uid);
    if (!waiting.isEmpty()) {
      offer(waiting.removeFirst());
    }
  }

  private Future<Requeue> complain(VolumeSnapshotContent content, String message) {
    VolumeSnapshot.SnapshotError shown = content.getStatus() == null ? null : content.getStatus().error();
    Future<?> told = shown != null && shown.message().endsWith(message) ? Future.succeededFuture()
        : cluster.patchStatus(CsiTypes.VOLUME_SNAPSHOT_CONTENTS, content,
            SnapshotStatus.error("Failed to check and update snapshot content: " + message, cluster.time().now()));
    return told.compose(_ -> retry(message));
  }
}
