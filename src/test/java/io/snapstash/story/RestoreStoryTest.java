package io.snapstash.story;

import static io.snapstash.kube.ResourceTypes.BACKUP_CONFIGURATIONS;
import static io.snapstash.kube.ResourceTypes.CLAIMS;
import static io.snapstash.kube.ResourceTypes.NAMESPACES;
import static io.snapstash.kube.ResourceTypes.RESTORE_SESSIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.csi.CsiTypes;
import io.snapstash.engine.ResourceKey;
import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.ARestore;
import io.snapstash.fixtures.Given;
import io.snapstash.fixtures.StoryWorld;
import io.snapstash.rules.Rule;
import io.snapstash.sandbox.Manifests;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is restored, from where, and what is refused. */
class RestoreStoryTest extends Story {
  private void statefulSetBackedUp() {
    storage();
    world.apply(Given.statefulSet("web", 3));
    List.of("data-web-0", "data-web-1", "data-web-2").forEach(claim -> {
      bound(claim);
      world.write(claim, "old " + claim);
    });
    backUp(ABackup.ofWorkload("b", "StatefulSet", "web"), "b");
  }

  @Test
  void oneComponentAloneComesBack() {
    statefulSetBackedUp();

    restore(ARestore.of("r", "b-repo").components("volumesnapshot-pod-1").into("back-${POD_ORDINAL}"), "r",
        "Succeeded");

    assertThat(world.read("back-1")).isEqualTo("old data-web-1");
    assertThat(world.find(CLAIMS, "demo", "back-0")).isEmpty();
    world.staysQuietForTenMinutes();
  }

  @Test
  void aSnapshotByNameComesBackAlthoughThereIsALaterOne() {
    storage();
    claim("source", "first");
    backUp(ABackup.ofClaim("b", "source"), "b");
    String first = snapshots().getFirst().getMetadata().getName();
    world.write("source", "second");
    world.advance(Duration.ofMinutes(2));
    world.apply("""
        apiVersion: core.kubestash.com/v1alpha1
        kind: BackupSession
        metadata: {name: later, namespace: demo}
        spec:
          invoker: {apiGroup: core.kubestash.com, kind: BackupConfiguration, name: b}
          session: frequent
        """);
    world.until("two snapshots", () -> snapshots().stream().filter(each -> phase(each).equals("Succeeded"))
        .count() == 2);

    restore(ARestore.of("by-name", "").snapshot(first).into("one"), "by-name", "Succeeded");
    restore(ARestore.of("by-latest", "b-repo").into("two"), "by-latest", "Succeeded");

    assertThat(world.read("one")).isEqualTo("first");
    assertThat(world.read("two")).isEqualTo("second");
    world.staysQuietForTenMinutes();
  }

  @Test
  void aVolumeOfModeBlockComesBackAsBlock() {
    storage();
    world.apply(Given.blockClaim("source"));
    bound("source");
    world.write("source", "raw");
    backUp(ABackup.ofClaim("b", "source"), "b");

    restore(ARestore.of("r", "b-repo").into("back").block(), "r", "Succeeded");

    assertThat(world.read("back")).isEqualTo("raw");
    assertThat(world.tree(CLAIMS, "back").at("/spec/volumeMode").asText()).isEqualTo("Block");
  }

  @Test
  void aWrongModeFailsAndLeavesNoClaimBehind() {
    storage();
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source"), "b");

    restore(ARestore.of("r", "b-repo").into("back").block(), "r", "Failed");

    assertThat(world.find(CLAIMS, "demo", "back")).isEmpty();
    world.staysQuietForTenMinutes();
  }

  @Test
  void aClaimAskedForTooSmallIsMadeLargeEnough() {
    storage();
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source"), "b");

    restore(ARestore.of("r", "b-repo").into("back", "csi-standard", "1Mi"), "r", "Succeeded");

    assertThat(world.read("back")).isEqualTo("old");
    assertThat(world.tree(CLAIMS, "back").at("/spec/resources/requests/storage").asText()).isEqualTo("1Gi");
  }

  @Test
  void aStorageClassThatDoesNotExistFailsAndLeavesNoClaimBehind() {
    storage();
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source"), "b");

    restore(ARestore.of("r", "b-repo").into("back", "nobody-class", "1Gi"), "r", "Failed");

    assertThat(world.find(CLAIMS, "demo", "back")).isEmpty();
    assertThat(world.tree(RESTORE_SESSIONS, "r").toString()).contains("nobody-class");
    world.staysQuietForTenMinutes();
  }

  @Test
  void aClaimThatIsSomebodyElsesIsNeverTouched() {
    storage();
    claim("source", "old");
    claim("back", "precious");
    backUp(ABackup.ofClaim("b", "source"), "b");

    restore(ARestore.of("r", "b-repo").into("back"), "r", "Failed");

    assertThat(world.read("back")).isEqualTo("precious");
    world.staysQuietForTenMinutes();
  }

  @Test
  void twoClaimsOfOneNameAreRefusedBeforeAnythingIsMade() {
    statefulSetBackedUp();

    restore(ARestore.of("r", "b-repo").into("back"), "r", "Invalid");

    assertThat(world.find(CLAIMS, "demo", "back")).isEmpty();
    world.staysQuietForTenMinutes();
  }

  @Test
  void aLostArraySnapshotIsToldAndNothingEmptyIsBound() {
    storage();
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source"), "b");
    world.disks().snapshotHandles().forEach(world.disks()::deleteSnapshot);

    world.apply(ARestore.of("r", "b-repo").into("back").manifests());
    world.advance(Duration.ofMinutes(5));

    assertThat(world.phase(RESTORE_SESSIONS, "r")).isNotEqualTo("Succeeded");
    assertThat(world.phase(CLAIMS, "back")).isNotEqualTo("Bound");
  }

  @Test
  @Rule("behaviour 12.11")
  void aTargetInAnotherNamespaceNeedsThatNamespacesConsent() {
    storage();
    world.apply(Given.namespace("team", "") + Given.claim("team", "theirs", "csi-standard", "Filesystem"));
    world.settle();

    world.apply(ABackup.ofClaim("b", "theirs").targetNamespace("team").manifests());
    world.settle();
    assertThat(world.phase(BACKUP_CONFIGURATIONS, "b")).isEqualTo("Invalid");
    assertThat(world.list(CsiTypes.VOLUME_SNAPSHOTS)).isEmpty();

    StoryWorld.await(world.client().patch(NAMESPACES, ResourceKey.clusterScoped("team"),
        Manifests.parse("{metadata: {annotations: {snapstash.io/allow-from: demo}}}").getFirst()));
    world.until("backed up", () -> runs("b").stream().anyMatch(run -> phase(run).equals("Succeeded")));
    assertThat(StoryWorld.await(world.world().list(CsiTypes.VOLUME_SNAPSHOTS, "team"))).hasSize(1);
    world.staysQuietForTenMinutes();
  }
}
