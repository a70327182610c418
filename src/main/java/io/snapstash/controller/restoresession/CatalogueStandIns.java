package io.snapstash.controller.restoresession;

import io.snapstash.api.RestoreSession;
import io.snapstash.api.Snapshot;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Operator;
import io.snapstash.csi.CsiTypes;
import io.snapstash.csi.SnapshotPair;
import io.snapstash.csi.StandIns;
import io.snapstash.csi.VolumeSnapshot;
import io.snapstash.csi.VolumeSnapshotContent;
import io.snapstash.domain.restore.MappedClaim;
import io.snapstash.domain.validation.Consent;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.kube.Selection;
import io.snapstash.storage.StoredVolumeSnapshot;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Snapshots that the catalogue, or another namespace, knows by handle (behaviour 8.12, storage-layout 6.3). A handle
 * opens whatever lies behind it on the array, and both a catalogue and an annotation can be forged: so one that the
 * cluster ties to a namespace opens only for restores that this namespace has allowed.
 */
final class CatalogueStandIns implements StandIns {
  private final Operator operator;
  private final RestoreSession restore;
  private final Snapshot snapshot;
  private final RememberedSnapshots memory;
  /** Asked once per restore, and only by one that needs it. */
  private Future<List<StoredVolumeSnapshot>> remembered;
  private Future<List<VolumeSnapshotContent>> contents;

  CatalogueStandIns(Operator operator, RestoreSession restore, Snapshot snapshot) {
    this.operator = operator;
    this.restore = restore;
    this.snapshot = snapshot;
    this.memory = new RememberedSnapshots(operator);
  }

  @Override
  public Future<StandIn> insteadOf(
      MappedClaim claim, Optional<VolumeSnapshot> found, Optional<VolumeSnapshotContent> content) {
    Optional<String> handle = content.flatMap(VolumeSnapshotContent::handle);
    if (found.isPresent() && handle.isEmpty()) {
      return refused("VolumeSnapshot " + claim.snapshotNamespace() + "/" + claim.volumeSnapshot().orElseThrow()
          + " has not been cut yet");
    }
    return handle.isPresent() ? judge(claim, living(claim, content.get(), handle.get()))
        : remembered().compose(list -> list.stream().filter(each -> isFor(each, claim)).findFirst()
            .map(entry -> judge(claim, pair(claim, entry)))
            .orElse(Future.succeededFuture(new StandIn.Unknown())));
  }

  private Future<List<StoredVolumeSnapshot>> remembered() {
    remembered = remembered == null ? memory.of(snapshot) : remembered;
    return remembered;
  }

  private static boolean isFor(StoredVolumeSnapshot entry, MappedClaim claim) {
    return claim.volumeSnapshot().orElseThrow().equals(entry.name())
        && claim.snapshotNamespace().equals(entry.namespace())
        && entry.driver() != null && entry.snapshotHandle() != null;
  }

  private SnapshotPair living(MappedClaim claim, VolumeSnapshotContent content, String handle) {
    return new SnapshotPair(placeOf(claim), content.getSpec().driver(), handle,
        Optional.ofNullable(content.getSpec().sourceVolumeMode()),
        Optional.ofNullable(content.getSpec().volumeSnapshotClassName()),
        Optional.ofNullable(content.getStatus()).map(VolumeSnapshotContent.Status::restoreSize).map(String::valueOf),
        List.of(), false, isForOneRestore(claim));
  }

  private SnapshotPair pair(MappedClaim claim, StoredVolumeSnapshot entry) {
    return new SnapshotPair(placeOf(claim), entry.driver(), entry.snapshotHandle(),
        Optional.ofNullable(entry.volumeMode()), Optional.ofNullable(entry.volumeSnapshotClassName()),
        Optional.ofNullable(entry.restoreSize()).map(String::valueOf),
        Objects.requireNonNullElse(entry.accessModes(), List.of()), "Delete".equals(entry.deletionPolicy()),
        isForOneRestore(claim));
  }

  private static boolean isForOneRestore(MappedClaim claim) {
    return !claim.namespace().equals(claim.snapshotNamespace());
  }

  private ResourceKey placeOf(MappedClaim claim) {
    String original = claim.volumeSnapshot().orElseThrow();
    return new ResourceKey(claim.namespace(), isForOneRestore(claim)
        ? SnapshotPair.nameFor(original, restore.getMetadata().getUid(), claim.snapshotNamespace()) : original);
  }

  private Future<StandIn> judge(MappedClaim claim, SnapshotPair pair) {
    if (!operator.settings().importHandles()) {
      return refused("VolumeSnapshot " + claim.snapshotNamespace() + "/" + claim.volumeSnapshot().orElseThrow()
          + " is not in namespace " + claim.namespace()
          + ", and the setting catalogue.importHandles forbids to make one from its handle");
    }
    if (!claim.snapshotNamespace().equals(restore.getMetadata().getNamespace())
        && exists(claim.snapshotNamespace()) && !hasAllowed(claim.snapshotNamespace())) {
      return refused(Consent.missing(restore.getMetadata().getNamespace(), claim.snapshotNamespace()));
    }
    return operator.kube().find(ResourceTypes.CSI_DRIVERS, ResourceKey.clusterScoped(pair.driver()))
        .compose(driver -> driver.isEmpty()
            ? refused("the snapshot is held by CSI driver " + pair.driver() + ", which is not installed here")
            : contents().compose(all -> tied(pair, all).map(CatalogueStandIns::refused)
                .orElseGet(() -> withClass(pair))));
  }

  /** Another namespace holds the same snapshot and has not said that it may be read from here. */
  private Optional<String> tied(SnapshotPair pair, List<VolumeSnapshotContent> all) {
    return all.stream()
        .filter(content -> pair.driver().equals(content.getSpec().driver())
            && content.handle().filter(pair.handle()::equals).isPresent())
        .map(content -> content.getSpec().volumeSnapshotRef().namespace())
        .filter(namespace -> namespace != null && !namespace.equals(pair.snapshot().namespace())
            && !hasAllowed(namespace)).sorted().findFirst()
        .map(namespace -> "the snapshot belongs to a VolumeSnapshot of another namespace: "
            + Consent.missing(restore.getMetadata().getNamespace(), namespace));
  }

  private Future<StandIn> withClass(SnapshotPair pair) {
    return pair.className().map(name -> operator.kube().list(CsiTypes.VOLUME_SNAPSHOT_CLASSES, Selection.EVERYTHING)
        .map(classes -> classes.stream().anyMatch(each -> each.getMetadata().getName().equals(name)
            && pair.driver().equals(each.getDriver()))))
        .orElse(Future.succeededFuture(true))
        .map(exists -> new StandIn.Pair(exists ? pair : pair.withoutClass()));
  }

  private Future<List<VolumeSnapshotContent>> contents() {
    contents = contents == null
        ? operator.kube().list(CsiTypes.VOLUME_SNAPSHOT_CONTENTS, Selection.EVERYTHING) : contents;
    return contents;
  }

  private boolean exists(String namespace) {
    return operator.caches().namespaces.get(ResourceKey.clusterScoped(namespace)).isPresent();
  }

  private boolean hasAllowed(String namespace) {
    return Consent.given(restore.getMetadata().getNamespace(), namespace,
        operator.caches().namespaces.get(ResourceKey.clusterScoped(namespace)).map(Metadata::annotations)
            .orElse(Map.of()));
  }

  private static Future<StandIn> refused(String why) {
    return Future.succeededFuture(new StandIn.Refused(why));
  }
}
