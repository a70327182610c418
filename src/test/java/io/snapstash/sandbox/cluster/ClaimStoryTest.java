package io.snapstash.sandbox.cluster;

import static io.snapstash.kube.ResourceTypes.CLAIMS;
import static io.snapstash.kube.ResourceTypes.EVENTS;
import static io.snapstash.kube.ResourceTypes.PODS;
import static io.snapstash.kube.ResourceTypes.VOLUMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.csi.CsiTypes;
import io.snapstash.fixtures.StoryWorld;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Claims and snapshots behave as kubernetes-facts 1 to 3 found them on a real cluster. */
class ClaimStoryTest {
  private final StoryWorld world = StoryWorld.start();

  @AfterEach
  void close() {
    world.close();
  }

  private static String claim(String name, String storageClass, String size, String source) {
    return """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: %s, namespace: demo}
        spec:
          accessModes: [ReadWriteOnce]
          storageClassName: %s
          resources: {requests: {storage: %s}}
        """.formatted(name, storageClass, size) + (source.isEmpty() ? ""
            : "  dataSourceRef: {apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: " + source + "}\n");
  }

  private static String snapshot(String name, String claim) {
    return """
        apiVersion: snapshot.storage.k8s.io/v1
        kind: VolumeSnapshot
        metadata: {name: %s, namespace: demo}
        spec: {source: {persistentVolumeClaimName: %s}}
        """.formatted(name, claim);
  }

  private void sourceWithSnapshot() {
    world.apply(claim("source", "csi-standard", "1Gi", ""));
    world.until("source bound", () -> world.phase(CLAIMS, "source").equals("Bound"));
    world.write("source", "old");
    world.apply(snapshot("s1", "source"));
    world.until("snapshot ready", () -> isReady("s1"));
  }

  private boolean isReady(String snapshot) {
    return world.tree(CsiTypes.VOLUME_SNAPSHOTS, snapshot).at("/status/readyToUse").asBoolean();
  }

  private List<String> eventsOf(String name) {
    return world.list(EVENTS).stream()
        .filter(event -> event.getInvolvedObject().getName().equals(name)).map(event -> event.getReason()).toList();
  }

  @Test
  void aRestoredClaimHoldsTheBytesOfTheCutAndNotLaterOnes() {
    sourceWithSnapshot();
    world.write("source", "new");

    world.apply(claim("target", "csi-standard", "1Gi", "s1"));
    world.until("target bound", () -> world.phase(CLAIMS, "target").equals("Bound"));

    assertThat(world.read("target")).isEqualTo("old");
    assertThat(world.read("source")).isEqualTo("new");
    world.staysQuietForTenMinutes();
  }

  @Test
  void aClaimThatWaitsForAConsumerIsBoundWhenAPodComes() {
    world.apply(claim("late", "csi-wffc", "1Gi", ""));
    world.advance(Duration.ofMinutes(1));
    assertThat(world.phase(CLAIMS, "late")).isEqualTo("Pending");
    assertThat(eventsOf("late")).contains("WaitForFirstConsumer");

    world.apply("""
        apiVersion: v1
        kind: Pod
        metadata: {name: user, namespace: demo}
        spec:
          containers: [{name: main, image: busybox}]
          volumes: [{name: data, persistentVolumeClaim: {claimName: late}}]
        """);

    world.until("bound", () -> world.phase(CLAIMS, "late").equals("Bound"));
    world.until("running", () -> world.phase(PODS, "user").equals("Running"));
  }

  @Test
  void aClaimSmallerThanTheSnapshotStaysPendingForGood() {
    sourceWithSnapshot();

    world.apply(claim("small", "csi-standard", "1Mi", "s1"));
    world.advance(Duration.ofMinutes(20));

    assertThat(world.phase(CLAIMS, "small")).isEqualTo("Pending");
    assertThat(eventsOf("small")).contains("ProvisioningFailed");
    world.staysQuietForTenMinutes();
  }

  @Test
  void aClaimWhoseSnapshotComesLaterIsBoundAfterTheBackOff() {
    world.apply(claim("eager", "csi-standard", "1Gi", "s1"));
    world.advance(Duration.ofSeconds(10));
    assertThat(world.phase(CLAIMS, "eager")).isEqualTo("Pending");

    sourceWithSnapshot();

    world.until("bound", () -> world.phase(CLAIMS, "eager").equals("Bound"));
    assertThat(world.read("eager")).isEqualTo("old");
  }

  @Test
  void aSnapshotIsHeldWhileAPendingClaimNamesItAndThenRefusesToProvision() {
    sourceWithSnapshot();
    world.apply(claim("waiting", "csi-wffc", "1Gi", "s1"));
    world.settle();

    world.delete(CsiTypes.VOLUME_SNAPSHOTS, "s1");
    world.advance(Duration.ofMinutes(2));
    assertThat(world.tree(CsiTypes.VOLUME_SNAPSHOTS, "s1").at("/metadata/deletionTimestamp").asText()).isNotEmpty();

    world.delete(CLAIMS, "waiting");
    world.until("snapshot gone", Duration.ofMinutes(10),
        () -> world.find(CsiTypes.VOLUME_SNAPSHOTS, "demo", "s1").isEmpty());
    assertThat(world.disks().snapshotHandles()).isEmpty();
  }

  @Test
  void aPairWithRetainLeavesTheArrayAloneAndAnotherNamespaceCanReadIt() {
    sourceWithSnapshot();
    String handle = world.disks().snapshotHandles().iterator().next();
    world.apply("""
        apiVersion: snapshot.storage.k8s.io/v1
        kind: VolumeSnapshotContent
        metadata: {name: pair}
        spec:
          driver: csi.sandbox.snapstash.io
          deletionPolicy: Retain
          source: {snapshotHandle: %s}
          sourceVolumeMode: Filesystem
          volumeSnapshotRef: {name: copy, namespace: demo}
        ---
        apiVersion: snapshot.storage.k8s.io/v1
        kind: VolumeSnapshot
        metadata: {name: copy, namespace: demo}
        spec: {source: {volumeSnapshotContentName: pair}}
        """.formatted(handle));
    world.until("pair ready", () -> isReady("copy"));

    world.delete(CsiTypes.VOLUME_SNAPSHOTS, "copy");
    world.until("copy gone", () -> world.find(CsiTypes.VOLUME_SNAPSHOTS, "demo", "copy").isEmpty());

    assertThat(world.disks().snapshotHandles()).containsExactly(handle);
    assertThat(world.find(CsiTypes.VOLUME_SNAPSHOT_CONTENTS, "", "pair")).isPresent();
  }

  @Test
  void anErrorOfTheDriverIsShownAndNotFinal() {
    world.behaviour().failSnapshotOf("source", 2);
    world.apply(claim("source", "csi-standard", "1Gi", ""));
    world.apply(snapshot("s1", "source"));
    world.until("error shown", () ->
        !world.tree(CsiTypes.VOLUME_SNAPSHOTS, "s1").at("/status/error/message").asText().isEmpty());

    world.until("ready after all", () -> isReady("s1"));

    assertThat(world.tree(CsiTypes.VOLUME_SNAPSHOTS, "s1").at("/status/error").isMissingNode()).isTrue();
    world.staysQuietForTenMinutes();
  }

  @Test
  void aStalledSnapshotBecomesReadyOnceItIsHealed() {
    world.behaviour().stallSnapshotOf("source");
    world.apply(claim("source", "csi-standard", "1Gi", ""));
    world.apply(snapshot("s1", "source"));
    world.advance(Duration.ofMinutes(30));
    assertThat(isReady("s1")).isFalse();

    world.behaviour().heal("source");

    world.until("ready", () -> isReady("s1"));
  }

  @Test
  void aDeletedClaimTakesItsVolumeAlongUnlessAPodUsesIt() {
    world.apply(claim("source", "csi-standard", "1Gi", ""));
    world.apply("""
        apiVersion: v1
        kind: Pod
        metadata: {name: user, namespace: demo}
        spec:
          containers: [{name: main, image: busybox}]
          volumes: [{name: data, persistentVolumeClaim: {claimName: source}}]
        """);
    world.until("running", () -> world.phase(PODS, "user").equals("Running"));

    world.delete(CLAIMS, "source");
    world.advance(Duration.ofSeconds(30));
    assertThat(world.find(CLAIMS, "demo", "source")).isPresent();

    world.delete(PODS, "user");
    world.until("claim gone", () -> world.find(CLAIMS, "demo", "source").isEmpty());
    world.until("volume gone", () -> StoryWorld.await(world.world().list(VOLUMES, "")).isEmpty());
    assertThat(world.disks().volumeHandles()).isEmpty();
  }
}
