package io.snapstash.controller.snapshot;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.snapstash.api.Labels;
import io.snapstash.api.Snapshot;
import io.snapstash.api.VolumeSnapshotterStats;
import io.snapstash.controller.Components;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Operator;
import io.snapstash.csi.CsiTypes;
import io.snapstash.csi.VolumeSnapshot;
import io.snapstash.csi.VolumeSnapshotContent;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.kube.Selection;
import io.snapstash.storage.StoredVolumeSnapshot;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at the VolumeSnapshots behind a Snapshot: to describe them in the catalogue, or to see which may go. */
final class HeldData {
  private final Operator operator;

  HeldData(Operator operator) {
    this.operator = operator;
  }

  /** What another cluster needs to find the data again (storage-layout 2.6). What is gone by now is left out. */
  Future<List<StoredVolumeSnapshot>> describe(Snapshot snapshot) {
    String namespace = Components.namespaceOfData(snapshot);
    List<Future<Optional<StoredVolumeSnapshot>>> all = Components.of(snapshot).values().stream()
        .flatMap(component -> Optional.ofNullable(component.volumeSnapshotterStats()).orElse(List.of()).stream())
        .filter(stats -> stats.volumeSnapshotName() != null)
        .map(stats -> describe(namespace, stats)).toList();
    return Future.all(all).map(_ -> all.stream().flatMap(each -> each.result().stream()).toList());
  }

  private Future<Optional<StoredVolumeSnapshot>> describe(String namespace, VolumeSnapshotterStats stats) {
    Future<Optional<VolumeSnapshot>> snapshot =
        operator.kube().find(CsiTypes.VOLUME_SNAPSHOTS, new ResourceKey(namespace, stats.volumeSnapshotName()));
    Future<Optional<PersistentVolumeClaim>> claim =
        operator.kube().find(ResourceTypes.CLAIMS, new ResourceKey(namespace, stats.pvcName()));
    Future<Optional<VolumeSnapshotContent>> content = snapshot.compose(found -> found
        .map(VolumeSnapshot::getStatus).map(VolumeSnapshot.Status::boundVolumeSnapshotContentName)
        .map(name -> operator.kube().find(CsiTypes.VOLUME_SNAPSHOT_CONTENTS, ResourceKey.clusterScoped(name)))
        .orElse(Future.succeededFuture(Optional.empty())));
    return Future.all(content, claim).map(_ -> content.result().map(found ->
        StoredVolumeSnapshots.of(namespace, stats, found, claim.result())));
  }

  Future<List<Held>> look(Snapshot snapshot) {
    List<String> names = Components.volumeSnapshots(snapshot);
    if (names.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return operator.kube().list(ResourceTypes.CLAIMS, Selection.in(Components.namespaceOfData(snapshot)))
        .compose(claims -> {
          List<Future<Held>> looks = names.stream().map(name -> look(snapshot, name, claims)).toList();
          return Future.all(looks).map(_ -> looks.stream().map(Future::result).toList());
        });
  }

  private Future<Held> look(Snapshot snapshot, String name, List<PersistentVolumeClaim> claims) {
    ResourceKey key = new ResourceKey(name.substring(0, name.indexOf('/')), name.substring(name.indexOf('/') + 1));
    boolean shared = operator.caches().snapshotsByVolumeSnapshot.get(name).stream()
        .anyMatch(other -> !Metadata.key(other).equals(Metadata.key(snapshot)));
    if (shared) {
      return Future.succeededFuture(new Held.Kept(key, "another Snapshot names it"));
    }
    return operator.kube().find(CsiTypes.VOLUME_SNAPSHOTS, key).map(found -> found.isEmpty()
        ? new Held.Gone(key) : judge(snapshot, key, found.get(), claims));
  }

  private static Held judge(
      Snapshot snapshot, ResourceKey key, VolumeSnapshot found, List<PersistentVolumeClaim> claims) {
    String uid = Metadata.annotation(snapshot, Labels.BACKUP_SESSION_UID);
    if (uid.isEmpty() || !uid.equals(Metadata.annotation(found, Labels.BACKUP_SESSION_UID))) {
      return new Held.Kept(key, "it does not carry the mark of this Snapshot's run");
    }
    if (Metadata.isDeleting(found)) {
      return new Held.Removable(key, found.getMetadata().getUid());
    }
    return claims.stream().filter(claim -> isPendingOn(claim, key.name())).findFirst()
        .<Held>map(claim -> new Held.InUse(key, claim.getMetadata().getName()))
        .orElseGet(() -> new Held.Removable(key, found.getMetadata().getUid()));
  }

  private static boolean isPendingOn(PersistentVolumeClaim claim, String volumeSnapshot) {
    return claim.getStatus() != null && "Pending".equals(claim.getStatus().getPhase())
        && claim.getSpec().getDataSourceRef() != null
        && "VolumeSnapshot".equals(claim.getSpec().getDataSourceRef().getKind())
        && volumeSnapshot.equals(claim.getSpec().getDataSourceRef().getName());
  }
}
