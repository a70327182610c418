package io.snapstash.controller.snapshot;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.snapstash.api.Labels;
import io.snapstash.api.VolumeSnapshotterStats;
import io.snapstash.controller.Metadata;
import io.snapstash.csi.VolumeSnapshotContent;
import io.snapstash.storage.StoredVolumeSnapshot;
import java.time.Instant;
import java.util.Optional;

/** A VolumeSnapshot as the catalogue remembers it. */
final class Remembered {
  private static final long NANOS = 1_000_000_000L;

  private Remembered() {}

  /** The claim may be gone by now; what it was like is then left out. */
  static StoredVolumeSnapshot of(String namespace, VolumeSnapshotterStats stats, VolumeSnapshotContent content,
      Optional<PersistentVolumeClaim> claim) {
    Optional<VolumeSnapshotContent.Status> status = Optional.ofNullable(content.getStatus());
    return new StoredVolumeSnapshot(stats.volumeSnapshotName(), namespace, stats.pvcName(),
        content.getSpec().driver(),
        content.handle().orElse(null),
        status.map(VolumeSnapshotContent.Status::restoreSize).orElse(null),
        status.map(VolumeSnapshotContent.Status::creationTime)
            .map(nanos -> Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS)).orElse(stats.volumeSnapshotTime()),
        content.getSpec().volumeSnapshotClassName(), policy(content),
        claim.map(found -> found.getSpec().getAccessModes()).orElse(null),
        content.getSpec().sourceVolumeMode() != null ? content.getSpec().sourceVolumeMode()
            : claim.map(found -> found.getSpec().getVolumeMode()).orElse(null),
        claim.map(found -> found.getSpec().getStorageClassName()).orElse(null),
        claim.map(found -> found.getSpec().getResources()).map(resources -> resources.getRequests())
            .map(requests -> requests.get("storage")).map(Object::toString).orElse(null));
  }

  /** What it said before the operator set it to Retain. */
  private static String policy(VolumeSnapshotContent content) {
    String before = Metadata.annotation(content, Labels.CONTENT_POLICY);
    return before.isEmpty() ? content.getSpec().deletionPolicy() : before;
  }
}
