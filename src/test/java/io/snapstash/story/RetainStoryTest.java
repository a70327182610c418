package io.snapstash.story;

import static io.snapstash.kube.ResourceTypes.NAMESPACES;
import static io.snapstash.kube.ResourceTypes.SNAPSHOTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.csi.CsiTypes;
import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.ARestore;
import io.snapstash.fixtures.OperatorWorld;
import io.snapstash.fixtures.StoryWorld;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** With the setting snapshots.contentPolicy retain, what is on the array outlives a namespace. */
class RetainStoryTest extends Story {
  RetainStoryTest() {
    super(OperatorWorld.start(Map.of("SNAPSTASH_SNAPSHOTS_CONTENTPOLICY", "retain")));
  }

  private String theSnapshot() {
    return snapshots().getFirst().getMetadata().getName();
  }

  private void wipe(String snapshot) {
    world.patch(SNAPSHOTS, snapshot, "{spec: {deletionPolicy: WipeOut}}");
    world.delete(SNAPSHOTS, snapshot);
    world.until("wiped", () -> world.find(SNAPSHOTS, "demo", snapshot).isEmpty());
  }

  @Test
  void aDeletedNamespaceLosesNoBackupAndItsRebuiltBackupCanBeWiped() {
    storage();
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source"), "b");
    String snapshot = theSnapshot();
    assertThat(world.disks().snapshotHandles()).hasSize(1);

    world.delete(NAMESPACES, "demo");
    world.until("namespace gone", Duration.ofMinutes(10), () -> world.find(NAMESPACES, "", "demo").isEmpty());
    assertThat(world.disks().snapshotHandles()).hasSize(1);
    world.apply("{apiVersion: v1, kind: Namespace, metadata: {name: demo}}");
    storage();
    restore(ARestore.of("back", "b-repo").into("restored"), "back", "Succeeded");

    assertThat(world.read("restored")).isEqualTo("old");

    wipe(snapshot);

    assertThat(world.list(CsiTypes.VOLUME_SNAPSHOTS)).isEmpty();
    world.until("array free", () -> world.disks().snapshotHandles().isEmpty());
    world.until("no content left", () ->
        StoryWorld.await(world.world().list(CsiTypes.VOLUME_SNAPSHOT_CONTENTS, "")).isEmpty());
    world.staysQuietForTenMinutes();
  }

  @Test
  void whatAnotherVolumeSnapshotStandsForIsNotFreedUnderIt() {
    storage();
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source"), "b");
    String handle = world.disks().snapshotHandles().iterator().next();
    world.apply("""
        apiVersion: snapshot.storage.k8s.io/v1
        kind: VolumeSnapshotContent
        metadata: {name: theirs}
        spec:
          driver: csi.sandbox.snapstash.io
          deletionPolicy: Retain
          source: {snapshotHandle: %s}
          volumeSnapshotRef: {name: theirs, namespace: demo}
        ---
        apiVersion: snapshot.storage.k8s.io/v1
        kind: VolumeSnapshot
        metadata: {name: theirs, namespace: demo}
        spec: {source: {volumeSnapshotContentName: theirs}}
        """.formatted(handle));
    world.until("theirs ready", () -> world.tree(CsiTypes.VOLUME_SNAPSHOTS, "theirs")
        .at("/status/readyToUse").asBoolean());

    wipe(theSnapshot());

    assertThat(world.disks().snapshotHandles()).containsExactly(handle);
    assertThat(world.list(CsiTypes.VOLUME_SNAPSHOTS)).hasSize(2);
  }
}
