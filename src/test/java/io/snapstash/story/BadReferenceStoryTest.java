package io.snapstash.story;

import static io.snapstash.kube.ResourceTypes.BACKUP_CONFIGURATIONS;
import static io.snapstash.kube.ResourceTypes.BACKUP_STORAGES;
import static io.snapstash.kube.ResourceTypes.RESTORE_SESSIONS;
import static io.snapstash.kube.ResourceTypes.SECRETS;
import static io.snapstash.kube.ResourceTypes.SNAPSHOTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.ARestore;
import io.snapstash.rules.Rule;
import io.snapstash.sandbox.Manifests;
import org.junit.jupiter.api.Test;

/** A reference that leads nowhere is told in a condition, and forgotten once the object is there. */
class BadReferenceStoryTest extends Story {
  private void apply(ABackup backup) {
    world.apply(backup.manifests());
    world.settle();
  }

  private String phase() {
    return world.phase(BACKUP_CONFIGURATIONS, "b");
  }

  /** Dependencies do not enter the phase (behaviour 3.6), so the first run is started and tells the same. */
  private void theFirstRunFails() {
    world.until("failed", () -> runs("b").stream().anyMatch(run -> phase(run).equals("Failed")));
  }

  @Test
  void aMissingStorage() {
    claim("source", "old");

    apply(ABackup.ofClaim("b", "source"));

    assertThat(phase()).isEqualTo("NotReady");
    assertThat(dependency("b")).isEqualTo("False:StorageNotFound");
    world.staysQuietForTenMinutes();

    storage();
    world.until("backed up", () -> runs("b").stream().anyMatch(run -> phase(run).equals("Succeeded")));
  }

  @Test
  void aMissingSecretOfAStorage() {
    world.apply(Manifests.file("k8s/samples/00-storage.yaml").stream()
        .filter(manifest -> !manifest.path("kind").asText().equals("Secret")).toList());
    world.settle();

    assertThat(world.phase(BACKUP_STORAGES, "s3-storage")).isEqualTo("NotReady");
    assertThat(world.condition(BACKUP_STORAGES, "s3-storage", "BackendSecretFound"))
        .isEqualTo("False:BackendSecretNotAvailable");
    assertThat(world.find(SECRETS, "demo", "s3-secret")).isEmpty();
  }

  @Test
  void aMissingTarget() {
    storage();

    apply(ABackup.ofClaim("b", "source"));

    assertThat(phase()).isEqualTo("NotReady");
    assertThat(world.condition(BACKUP_CONFIGURATIONS, "b", "TargetFound")).isEqualTo("False:TargetNotFound");
    world.staysQuietForTenMinutes();

    claim("source", "old");
    world.until("ready", () -> phase().equals("Ready"));
    assertThat(world.condition(BACKUP_CONFIGURATIONS, "b", "TargetFound")).isEqualTo("True:TargetFound");
  }

  @Test
  void aMissingAddon() {
    storage();
    claim("source", "old");

    apply(ABackup.ofClaim("b", "source").addon("nobody-addon"));

    assertThat(dependency("b")).isEqualTo("False:AddonNotFound");
    assertThat(world.tree(BACKUP_CONFIGURATIONS, "b").at("/status/dependencies").toString())
        .contains("nobody-addon");
    theFirstRunFails();
    world.staysQuietForTenMinutes();
  }

  @Test
  void aTaskThatTheAddonDoesNotHave() {
    storage();
    claim("source", "old");

    apply(ABackup.ofClaim("b", "source").task("no-such-task"));

    theFirstRunFails();
    assertThat(world.tree(BACKUP_CONFIGURATIONS, "b").at("/status/conditions").toString()).contains("no-such-task");
    world.staysQuietForTenMinutes();
  }

  @Test
  void aMissingFunction() {
    storage();
    claim("source", "old");
    world.apply("""
        apiVersion: addons.kubestash.com/v1alpha1
        kind: Addon
        metadata: {name: half-addon}
        spec:
          backupTasks:
            - {name: volume-snapshot, function: nobody-function, driver: VolumeSnapshotter, singleton: true}
        """);

    apply(ABackup.ofClaim("b", "source").addon("half-addon"));

    assertThat(dependency("b")).isEqualTo("False:FunctionNotFound");
    theFirstRunFails();
    world.staysQuietForTenMinutes();
  }

  @Test
  @Rule("behaviour 7.6")
  void aMissingSnapshotClassFailsTheRunWithAWordThatNamesIt() {
    storage();
    claim("source", "old");

    world.apply(ABackup.ofClaim("b", "source").snapshotClass("nobody-class").manifests());
    world.until("failed", () -> runs("b").stream().anyMatch(run -> phase(run).equals("Failed")));

    assertThat(world.tree(SNAPSHOTS, snapshots().getFirst().getMetadata().getName())
        .at("/status/components").toString()).contains("nobody-class");
    world.staysQuietForTenMinutes();
  }

  @Test
  void aMissingSnapshotOfARestore() {
    storage();

    world.apply(ARestore.of("r", "").snapshot("nobody").into("back").manifests());
    world.settle();

    assertThat(world.phase(RESTORE_SESSIONS, "r")).isEqualTo("Pending");
    assertThat(world.condition(RESTORE_SESSIONS, "r", "DependenciesFound")).isEqualTo("False:SnapshotNotFound");
    world.staysQuietForTenMinutes();
  }
}
