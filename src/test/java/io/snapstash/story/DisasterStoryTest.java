package io.snapstash.story;

import static io.snapstash.kube.ResourceTypes.BACKUP_STORAGES;
import static io.snapstash.kube.ResourceTypes.RESTORE_SESSIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Labels;
import io.snapstash.api.Snapshot;
import io.snapstash.csi.CsiTypes;
import io.snapstash.csi.VolumeSnapshot;
import io.snapstash.engine.ResourceKey;
import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.ARestore;
import io.snapstash.fixtures.OperatorWorld;
import io.snapstash.fixtures.StoryWorld;
import io.snapstash.kube.DeleteOptions;
import io.snapstash.kube.ResourceType;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.sandbox.Manifests;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the catalogue is for: the cluster that made the backups is gone, or the namespace, and the array is not. */
class DisasterStoryTest extends Story {
  private static final String OTHER = "other";

  /** A backup in demo whose VolumeSnapshot is lost, remembered with the given driver and handle. */
  private Snapshot remembered(String driver, String handle) {
    storage();
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source"), "b");
    VolumeSnapshot cut = world.list(CsiTypes.VOLUME_SNAPSHOTS).getFirst();
    Snapshot snapshot = snapshots().getFirst();
    world.patch(ResourceTypes.SNAPSHOTS, snapshot.getMetadata().getName(), """
        metadata:
          annotations:
            %s: '[{"name": "%s", "namespace": "demo", "pvcName": "source", "driver": "%s", "snapshotHandle": "%s"}]'
        """.formatted(Labels.VOLUME_SNAPSHOTS, cut.getMetadata().getName(), driver, handle));
    world.delete(CsiTypes.VOLUME_SNAPSHOTS, cut.getMetadata().getName());
    world.until("lost", () -> world.list(CsiTypes.VOLUME_SNAPSHOTS).isEmpty());
    return snapshot;
  }

  private String error(String restore) {
    return world.tree(RESTORE_SESSIONS, restore).at("/status/components/volumesnapshot/error").asText();
  }

  /** A VolumeSnapshot that somebody else has made in a namespace of their own; its handle. */
  private String handleOfSomebodyElse() {
    world.apply("{apiVersion: v1, kind: Namespace, metadata: {name: other}}");
    world.apply("""
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: theirs, namespace: other}
        spec: {accessModes: [ReadWriteOnce], storageClassName: csi-standard, resources: {requests: {storage: 1Gi}}}
        ---
        apiVersion: snapshot.storage.k8s.io/v1
        kind: VolumeSnapshot
        metadata: {name: theirs, namespace: other}
        spec: {volumeSnapshotClassName: csi-snapshot-class, source: {persistentVolumeClaimName: theirs}}
        """);
    world.until("theirs is cut", () -> world.find(CsiTypes.VOLUME_SNAPSHOTS, OTHER, "theirs")
        .filter(VolumeSnapshot::isReady).isPresent());
    return world.disks().snapshotHandles().stream().filter(handle -> world.disks().snapshot(handle)
        .filter(cut -> world.disks().volume(cut.volume()).orElseThrow().claim().equals("other/theirs")).isPresent())
        .findFirst().orElseThrow();
  }

  @Test
  void anEmptyClusterOnTheSameArrayGetsItsDataBackFromTheCatalogueAlone() {
    storage();
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source"), "b");
    try (StoryWorld rebuilt = OperatorWorld.startOver(world)) {
      rebuilt.apply(Manifests.file("k8s/samples/00-storage.yaml"));
      rebuilt.apply(ARestore.of("back", "b-repo").into("restored").manifests());

      rebuilt.until("restored", Duration.ofMinutes(5),
          () -> rebuilt.phase(RESTORE_SESSIONS, "back").equals("Succeeded"));

      assertThat(rebuilt.read("restored")).isEqualTo("old");
      assertThat(rebuilt.list(CsiTypes.VOLUME_SNAPSHOTS)).singleElement()
          .matches(VolumeSnapshot::isReady).matches(stands -> stands.getMetadata().getName().startsWith("source-"));
      rebuilt.staysQuietForTenMinutes();
    }
  }

  @Test
  void aBackupOfALostClusterThatIsWipedBeforeItWasRestoredSaysWhatStaysWithTheDriver() {
    storage();
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source"), "b");
    String handle = world.disks().snapshotHandles().iterator().next();
    try (StoryWorld rebuilt = OperatorWorld.startOver(world)) {
      rebuilt.apply(Manifests.file("k8s/samples/00-storage.yaml"));
      rebuilt.until("synchronised", Duration.ofMinutes(5), () -> !rebuilt.list(ResourceTypes.SNAPSHOTS).isEmpty());
      String name = rebuilt.list(ResourceTypes.SNAPSHOTS).getFirst().getMetadata().getName();

      rebuilt.patch(ResourceTypes.SNAPSHOTS, name, "{spec: {deletionPolicy: WipeOut}}");
      rebuilt.delete(ResourceTypes.SNAPSHOTS, name);
      rebuilt.until("wiped", () -> rebuilt.list(ResourceTypes.SNAPSHOTS).isEmpty());

      assertThat(rebuilt.list(ResourceTypes.EVENTS)).anySatisfy(event -> assertThat(event.getMessage())
          .contains("snapshot " + handle + " of driver csi.sandbox.snapstash.io stays"));
      assertThat(rebuilt.disks().snapshotHandles()).contains(handle);
    }
  }

  /** The first restore has left a VolumeSnapshot made by handle, and the claim that was captured is nowhere. */
  @Test
  void aSecondRestoreFromAStandInStillKnowsWhatTheCapturedClaimLookedLike() {
    storage();
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source"), "b");
    try (StoryWorld rebuilt = OperatorWorld.startOver(world)) {
      rebuilt.apply(Manifests.file("k8s/samples/00-storage.yaml"));
      for (String name : List.of("first", "second")) {
        ARestore open = ARestore.of(name, "b-repo").into("from-" + name);
        ((ObjectNode) open.manifests().getFirst()
            .at("/spec/addon/tasks/0/targetVolumes/volumeClaimTemplates/0/spec")).remove("accessModes");
        rebuilt.apply(open.manifests());
        rebuilt.until(name + " restored", Duration.ofMinutes(5),
            () -> rebuilt.phase(RESTORE_SESSIONS, name).equals("Succeeded"));
      }

      assertThat(rebuilt.read("from-second")).isEqualTo("old");
      assertThat(rebuilt.list(CsiTypes.VOLUME_SNAPSHOTS)).hasSize(1);
    }
  }

  @Test
  void aHandleThatBelongsToAnotherNamespaceOpensOnlyWithItsConsent() {
    Snapshot snapshot = remembered("csi.sandbox.snapstash.io", handleOfSomebodyElse());
    String name = snapshot.getMetadata().getName();

    restore(ARestore.of("steal", "b-repo").snapshot(name).into("stolen"), "steal", "Failed");

    assertThat(error("steal")).contains("namespace other has not allowed demo");
    assertThat(world.list(CsiTypes.VOLUME_SNAPSHOTS)).isEmpty();

    world.patch(ResourceTypes.NAMESPACES, OTHER, "{metadata: {annotations: {snapstash.io/allow-from: demo}}}");
    restore(ARestore.of("given", "b-repo").snapshot(name).into("given"), "given", "Succeeded");
  }

  @Test
  void aDriverThatIsNotInstalledIsNamedAtOnce() {
    String name = remembered("csi.nowhere.example.com", "snap-1").getMetadata().getName();

    restore(ARestore.of("r", "b-repo").snapshot(name).into("restored"), "r", "Failed");

    assertThat(error("r")).contains("csi.nowhere.example.com").contains("not installed");
    assertThat(world.list(CsiTypes.VOLUME_SNAPSHOTS)).isEmpty();
  }

  @Test
  void aHandleThatTheDriverDoesNotKnowEndsTheRestoreInMinutes() {
    String name = remembered("csi.sandbox.snapstash.io", "snap-unknown").getMetadata().getName();

    restore(ARestore.of("r", "b-repo").snapshot(name).into("restored"), "r", "Failed");

    assertThat(error("r")).contains("can not find snapshot snap-unknown");
    world.staysQuietForTenMinutes();
  }

  @Test
  void aRestoreIntoAnotherNamespaceLeavesNothingButTheClaimThere() {
    storage();
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source"), "b");
    otherMayRestoreFromDemo();

    world.apply(ARestore.of("r", "b-repo").into("restored").namespace(OTHER).sourceNamespace("demo").manifests());
    world.until("bound", Duration.ofMinutes(5), () -> world.find(RESTORE_SESSIONS, OTHER, "r")
        .filter(restore -> phase(restore).equals("Succeeded")).isPresent());
    world.until("tidy", () -> StoryWorld.await(world.world().list(CsiTypes.VOLUME_SNAPSHOTS, OTHER)).isEmpty());

    assertThat(StoryWorld.await(world.world().read(OTHER, "restored"))).contains("old");
    world.until("tidied up", () -> world.find(RESTORE_SESSIONS, OTHER, "r").orElseThrow().getStatus().dependencies()
        .stream().anyMatch(each -> each.kind().equals("VolumeSnapshotContent") && !each.found()));
    assertThat(StoryWorld.await(world.world().list(CsiTypes.VOLUME_SNAPSHOT_CONTENTS, ""))).hasSize(1);
    assertThat(world.list(CsiTypes.VOLUME_SNAPSHOTS)).singleElement().matches(VolumeSnapshot::isReady);
    world.staysQuietForTenMinutes();
  }

  private void otherMayRestoreFromDemo() {
    world.patch(BACKUP_STORAGES, "s3-storage", "{spec: {usagePolicy: {allowedNamespaces: {from: All}}}}");
    world.patch(ResourceTypes.NAMESPACES, "demo", "{metadata: {annotations: {snapstash.io/allow-from: other}}}");
    world.apply("{apiVersion: v1, kind: Namespace, metadata: {name: other}}");
  }

  /** A restore into the other namespace whose claim waits for its first consumer. */
  private void aRestoreThatWaitsThere() {
    storage();
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source"), "b");
    otherMayRestoreFromDemo();
    world.apply(ARestore.of("r", "b-repo").into("waiting", "csi-wffc", "1Gi").namespace(OTHER).sourceNamespace("demo")
        .manifests());
    world.until("waits", Duration.ofMinutes(5), () -> world.find(RESTORE_SESSIONS, OTHER, "r")
        .filter(restore -> phase(restore).equals("Unknown")).isPresent());
  }

  private void deleteThere(ResourceType<?> type, String name) {
    StoryWorld.await(world.client().delete(type, new ResourceKey(OTHER, name), DeleteOptions.BACKGROUND));
  }

  private List<VolumeSnapshot> lent() {
    return StoryWorld.await(world.world().list(CsiTypes.VOLUME_SNAPSHOTS, OTHER));
  }

  @Test
  void aDeletedRestoreKeepsWhatItsClaimIsStillToBeMadeFrom() {
    aRestoreThatWaitsThere();

    deleteThere(RESTORE_SESSIONS, "r");
    world.advance(Duration.ofMinutes(1));
    assertThat(lent()).singleElement().matches(pair -> pair.getMetadata().getDeletionTimestamp() == null);
    assertThat(StoryWorld.await(world.world().list(ResourceTypes.EVENTS, OTHER)))
        .anyMatch(event -> event.getReason().equals("DeletionWaits"));

    deleteThere(ResourceTypes.CLAIMS, "waiting");
    world.until("restore gone", () -> world.find(RESTORE_SESSIONS, OTHER, "r").isEmpty());
    assertThat(lent()).isEmpty();
    assertThat(StoryWorld.await(world.world().list(CsiTypes.VOLUME_SNAPSHOT_CONTENTS, ""))).hasSize(1);
    assertThat(world.disks().snapshotHandles()).hasSize(1);
  }

  @Test
  void aLentContentThatSomebodyHasSetToDeleteIsNotGivenBack() {
    aRestoreThatWaitsThere();
    String content = lent().getFirst().getSpec().source().volumeSnapshotContentName();
    world.patch(CsiTypes.VOLUME_SNAPSHOT_CONTENTS, content, "{spec: {deletionPolicy: Delete}}");

    deleteThere(ResourceTypes.CLAIMS, "waiting");
    deleteThere(RESTORE_SESSIONS, "r");
    world.until("restore gone", () -> world.find(RESTORE_SESSIONS, OTHER, "r").isEmpty());

    assertThat(lent()).hasSize(1);
    assertThat(world.disks().snapshotHandles()).hasSize(1);
    restore(ARestore.of("original", "b-repo").into("restored"), "original", "Succeeded");
    assertThat(world.read("restored")).isEqualTo("old");
  }
}
