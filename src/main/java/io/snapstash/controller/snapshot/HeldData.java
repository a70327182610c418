package io.snapstash.controller.snapshot;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.snapstash.api.Labels;
import io.snapstash.api.Snapshot;
import io.snapstash.api.VolumeSnapshotterStats;
import io.snapstash.controller.Components;
import io.snapstash.controller.JobState;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Operator;
import io.snapstash.controller.PendingSource;
import io.snapstash.controller.RestoresUnderWay;
import io.snapstash.csi.CsiTypes;
import io.snapstash.csi.VolumeSnapshot;
import io.snapstash.csi.VolumeSnapshotContent;
import io.snapstash.domain.naming.Names;
import io.snapstash.domain.naming.OffshootLabels;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.kube.Selection;
import io.snapstash.storage.StoredVolumeSnapshot;
import io.snapstash.storage.StoredVolumeSnapshots;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at the VolumeSnapshots behind a Snapshot: to describe them in the catalogue, or to see which may go. */
final class HeldData {
  private final Operator operator;
  private final Removal removal;
  /** What this process has seen on its way out, as uid of the Snapshot and name: it is gone then, not unseen. */
  private final Set<String> seen = new HashSet<>();

  HeldData(Operator operator) {
    this.operator = operator;
    this.removal = new Removal(operator.kube());
  }

  /** What another cluster needs to find the data again (storage-layout 2.6). What is gone by now is left out. */
  Future<List<StoredVolumeSnapshot>> describe(Snapshot snapshot) {
    String namespace = Components.namespaceOfData(snapshot);
    List<Future<Optional<StoredVolumeSnapshot>>> all = Components.of(snapshot).values().stream()
        .flatMap(component -> Optional.ofNullable(component.volumeSnapshotterStats()).orElse(List.of()).stream())
        .filter(stats -> stats.volumeSnapshotName() != null)
        .map(stats -> describe(snapshot, namespace, stats)).toList();
    return Future.all(all).map(_ -> withRemembered(snapshot,
        all.stream().flatMap(each -> each.result().stream()).toList()));
  }

  /** What a synchronised Snapshot remembers, and this cluster has not seen, is not to be forgotten. */
  private static List<StoredVolumeSnapshot> withRemembered(Snapshot snapshot, List<StoredVolumeSnapshot> seen) {
    Set<String> names = seen.stream().map(StoredVolumeSnapshot::name).collect(Collectors.toSet());
    return Stream.concat(seen.stream(), StoredVolumeSnapshots
        .parse(Metadata.annotation(snapshot, Labels.VOLUME_SNAPSHOTS)).orElse(List.of()).stream()
        .filter(entry -> !names.contains(entry.name()))).toList();
  }

  /** Names can be written by anybody: what does not bear the mark of the run is neither remembered nor touched. */
  private Future<Optional<StoredVolumeSnapshot>> describe(
      Snapshot owner, String namespace, VolumeSnapshotterStats stats) {
    Future<Optional<VolumeSnapshot>> snapshot = operator.kube()
        .find(CsiTypes.VOLUME_SNAPSHOTS, new ResourceKey(namespace, stats.volumeSnapshotName()))
        .map(found -> found.filter(each -> isMarked(owner, each)));
    Future<Optional<PersistentVolumeClaim>> claim =
        operator.kube().find(ResourceTypes.CLAIMS, new ResourceKey(namespace, stats.pvcName()));
    Future<Optional<VolumeSnapshotContent>> content = snapshot.compose(found -> found
        .map(VolumeSnapshot::getStatus).map(VolumeSnapshot.Status::boundVolumeSnapshotContentName)
        .map(name -> operator.kube().find(CsiTypes.VOLUME_SNAPSHOT_CONTENTS, ResourceKey.clusterScoped(name)))
        .orElse(Future.succeededFuture(Optional.empty())));
    return Future.all(content, claim).compose(_ -> content.result().isEmpty() ? Future.succeededFuture(Optional.empty())
        : retained(content.result().get()).map(found ->
            Optional.of(Remembered.of(namespace, stats, found, claim.result()))));
  }

  /** With the setting snapshots.contentPolicy, so that a deleted namespace loses no backup. */
  private Future<VolumeSnapshotContent> retained(VolumeSnapshotContent content) {
    boolean retain = operator.settings().retainContents() && "Delete".equals(content.getSpec().deletionPolicy())
        && !Metadata.isDeleting(content);
    return retain ? operator.kube().patch(CsiTypes.VOLUME_SNAPSHOT_CONTENTS, Metadata.key(content),
        Removal.retaining(content)) : Future.succeededFuture(content);
  }

  /** Those that the status names, and those that a run made which ended before it could write them there. */
  Future<List<Held>> look(Snapshot snapshot) {
    Optional<Held> awaited = unfinishedRun(snapshot).or(() -> unfinishedRestore(snapshot));
    if (awaited.isPresent()) {
      return Future.succeededFuture(List.of(awaited.get()));
    }
    return names(snapshot).compose(names -> names.isEmpty() ? Future.succeededFuture(List.of())
        : operator.kube().list(ResourceTypes.CLAIMS, Selection.in(Components.namespaceOfData(snapshot)))
            .compose(claims -> {
              List<Future<Held>> looks = names.stream().map(name -> look(snapshot, name, claims)).toList();
              return Future.all(looks).map(_ -> looks.stream().map(Future::result).toList());
            }));
  }

  /** While its Job lives it may make one more, unless the run goes on for another Snapshot, which then has them. */
  private Optional<Held> unfinishedRun(Snapshot snapshot) {
    ResourceKey job = new ResourceKey(
        snapshot.getMetadata().getNamespace(), Names.backupJob(snapshot.getSpec().backupSession()));
    return Components.areFinal(snapshot) || othersOfTheRun(snapshot).anyMatch(other -> !Components.areFinal(other))
        ? Optional.empty()
        : operator.caches().jobs.get(job).filter(found -> JobState.endedBecause(Optional.of(found)).isEmpty())
            .map(_ -> new Held.Awaited(job, "the Job " + job + " of its run is still there"));
  }

  /** Its claims may not be there yet, so that nothing else would hold what they are to be made from. */
  private Optional<Held> unfinishedRestore(Snapshot snapshot) {
    return RestoresUnderWay.from(operator.caches(), snapshot).map(restore -> new Held.Awaited(
        Metadata.key(snapshot), "RestoreSession " + restore + " is restoring from this Snapshot"));
  }

  private Stream<Snapshot> othersOfTheRun(Snapshot snapshot) {
    return operator.caches().snapshotsByBackupSession
        .get(snapshot.getMetadata().getNamespace() + "/" + snapshot.getSpec().backupSession()).stream()
        .filter(other -> !Metadata.key(other).equals(Metadata.key(snapshot)) && !isGoing(other));
  }

  /** One that goes with its data is no reason to keep the data: else two that go together would both leave it. */
  private boolean isGoing(Snapshot other) {
    return Metadata.isDeleting(other) && SnapshotRules.isWipeOut(other, operator.caches().repositories.get(
        new ResourceKey(other.getMetadata().getNamespace(), other.getSpec().repository())));
  }

  private Future<Set<String>> names(Snapshot snapshot) {
    Set<String> names = new TreeSet<>(Components.volumeSnapshots(snapshot));
    String uid = Metadata.annotation(snapshot, Labels.BACKUP_SESSION_UID);
    if (uid.isEmpty() || snapshot.getSpec().session() == null
        || othersOfTheRun(snapshot).anyMatch(other -> !Components.areFinal(other))) {
      return Future.succeededFuture(names);
    }
    String ofTheRun = OffshootLabels.ofVolumeSnapshot(snapshot.getSpec().backupSession(),
            snapshot.getMetadata().getNamespace(), snapshot.getSpec().session()).entrySet().stream()
        .map(label -> label.getKey() + "=" + label.getValue()).collect(Collectors.joining(","));
    return operator.kube().list(CsiTypes.VOLUME_SNAPSHOTS,
        Selection.labelled(ofTheRun).within(Components.namespaceOfData(snapshot))).map(found -> {
          found.stream().filter(each -> uid.equals(Metadata.annotation(each, Labels.BACKUP_SESSION_UID)))
              .forEach(each -> names.add(Metadata.key(each).toString()));
          return names;
        });
  }

  private Future<Held> look(Snapshot snapshot, String name, List<PersistentVolumeClaim> claims) {
    ResourceKey key = new ResourceKey(name.substring(0, name.indexOf('/')), name.substring(name.indexOf('/') + 1));
    boolean shared = operator.caches().snapshotsByVolumeSnapshot.get(name).stream()
        .anyMatch(other -> !Metadata.key(other).equals(Metadata.key(snapshot)) && !isGoing(other));
    if (shared) {
      return Future.succeededFuture(new Held.Kept(key, "another Snapshot names it"));
    }
    return operator.kube().find(CsiTypes.VOLUME_SNAPSHOTS, key).compose(found -> {
      if (found.isEmpty()) {
        return Future.succeededFuture(absent(snapshot, key));
      }
      seen.add(snapshot.getMetadata().getUid() + " " + key);
      return judge(snapshot, key, found.get(), claims);
    });
  }

  private Held absent(Snapshot snapshot, ResourceKey key) {
    return seen.contains(snapshot.getMetadata().getUid() + " " + key) ? new Held.Gone(key)
        : StoredVolumeSnapshots.parse(Metadata.annotation(snapshot, Labels.VOLUME_SNAPSHOTS)).orElse(List.of()).stream()
            .filter(entry -> key.equals(new ResourceKey(entry.namespace(), entry.name())))
            .filter(entry -> entry.driver() != null && entry.snapshotHandle() != null).findFirst()
            .<Held>map(entry -> new Held.Unseen(key, entry.driver(), entry.snapshotHandle()))
            .orElse(new Held.Gone(key));
  }

  /** There is no such Snapshot any more. */
  void forget(Snapshot snapshot) {
    seen.removeIf(each -> each.startsWith(snapshot.getMetadata().getUid()));
  }

  private Future<Held> judge(
      Snapshot snapshot, ResourceKey key, VolumeSnapshot found, List<PersistentVolumeClaim> claims) {
    if (!isMarked(snapshot, found)) {
      return Future.succeededFuture(new Held.Kept(key, "it does not carry the mark of this Snapshot's run"));
    }
    if (Metadata.isDeleting(found)) {
      return Future.succeededFuture(
          new Held.Going(key, Instant.parse(found.getMetadata().getDeletionTimestamp())));
    }
    return claims.stream().filter(claim -> PendingSource.of(claim).filter(key.toString()::equals).isPresent()).findFirst()
        .<Future<Held>>map(claim -> Future.succeededFuture(new Held.Awaited(key, "VolumeSnapshot " + key
            + " is the source of the Pending claim " + claim.getMetadata().getName())))
        .orElseGet(() -> removal.of(found));
  }

  /** The uid of a run can be read in any catalogue; a Snapshot made up elsewhere proves nothing with it. */
  private static boolean isMarked(Snapshot snapshot, VolumeSnapshot found) {
    String uid = Metadata.annotation(snapshot, Labels.BACKUP_SESSION_UID);
    return !uid.isEmpty() && uid.equals(Metadata.annotation(found, Labels.BACKUP_SESSION_UID))
        && Metadata.annotation(found, Labels.BACKUP_SESSION).startsWith(snapshot.getMetadata().getNamespace() + "/");
  }
}
