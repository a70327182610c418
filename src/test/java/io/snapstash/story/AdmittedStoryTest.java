package io.snapstash.story;

import static io.snapstash.kube.ResourceTypes.BACKUP_CONFIGURATIONS;
import static io.snapstash.kube.ResourceTypes.BACKUP_SESSIONS;
import static io.snapstash.kube.ResourceTypes.BACKUP_STORAGES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snapstash.fixtures.ABackup;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.rules.Rule;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is let in, refused and skipped where no webhook is asked. */
class AdmittedStoryTest extends Story {
  private void run(String name, String invoker) {
    world.apply("""
        apiVersion: core.kubestash.com/v1alpha1
        kind: BackupSession
        metadata: {name: %s, namespace: demo}
        spec: {invoker: {apiGroup: core.kubestash.com, kind: BackupConfiguration, name: %s}, session: frequent}
        """.formatted(name, invoker));
  }

  private void ends(String name, String phase) {
    world.until(name + " " + phase, Duration.ofMinutes(20), () -> world.phase(BACKUP_SESSIONS, name).equals(phase));
  }

  @Test
  @Rule("behaviour 7.1")
  void aRunBesideAnotherOneIsSkippedAndMakesNothing() {
    storage();
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source"), "b");
    world.behaviour().snapshotsTake(Duration.ofMinutes(5));
    run("first", "b");
    world.until("first at work", () -> world.phase(BACKUP_SESSIONS, "first").equals("Running"));

    run("second", "b");
    run("of-nobody", "missing");

    ends("second", "Skipped");
    ends("of-nobody", "Skipped");
    assertThat(world.condition(BACKUP_SESSIONS, "second", "BackupSkipped")).isEqualTo("True:PreRequisitesNotSatisfied");
    ends("first", "Succeeded");
    assertThat(snapshots()).hasSize(2);
    assertThat(world.find(ResourceTypes.JOBS, "demo", "second")).isEmpty();
  }

  @Test
  @Rule("behaviour 7.1")
  @Rule("behaviour 7.2")
  void aPausedBackupStartsNothingAndEndsWhatRuns() {
    storage();
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source"), "b");
    world.behaviour().snapshotsTake(Duration.ofMinutes(5));
    run("under-way", "b");
    world.until("under way", () -> world.phase(BACKUP_SESSIONS, "under-way").equals("Running"));

    world.patch(BACKUP_CONFIGURATIONS, "b", "{spec: {paused: true}}");
    world.until("suspended", () -> world.list(ResourceTypes.CRON_JOBS).getFirst().getSpec().getSuspend());
    ends("under-way", "Succeeded");
    run("too-late", "b");

    ends("too-late", "Skipped");
  }

  @Test
  @Rule("behaviour 12.5")
  void whatARunIsForCannotBeChanged() {
    run("run", "b");

    assertThatThrownBy(() -> world.patch(BACKUP_SESSIONS, "run", "{spec: {session: other}}"))
        .hasMessageContaining("spec");
    assertThatThrownBy(() -> world.patch(BACKUP_SESSIONS, "run", "{spec: null}")).hasMessageContaining("spec");

    world.apply("""
        apiVersion: core.kubestash.com/v1alpha1
        kind: BackupVerificationSession
        metadata: {name: check, namespace: demo}
        spec: {invoker: {kind: BackupVerifier, name: v}, session: frequent, repository: r, snapshot: s}
        """);
    assertThatThrownBy(() -> world.patch(ResourceTypes.BACKUP_VERIFICATION_SESSIONS, "check", "{spec: {snapshot: t}}"))
        .hasMessageContaining("spec");
  }

  @Test
  @Rule("behaviour 12.10")
  void kindsWithoutRulesAreLetInAsTheyAre() {
    world.apply("{apiVersion: core.kubestash.com/v1alpha1, kind: BackupBatch, metadata: {name: b, namespace: demo},"
        + " spec: {}}");
    world.apply("{apiVersion: addons.kubestash.com/v1alpha1, kind: Function, metadata: {name: f}, spec: {}}");
    world.apply("{apiVersion: addons.kubestash.com/v1alpha1, kind: Addon, metadata: {name: a}, spec: {}}");

    assertThat(world.list(ResourceTypes.BACKUP_BATCHES)).hasSize(1);
  }

  @Test
  @Rule("behaviour 12.11")
  void aSecondStorageInTheSamePlaceIsNotUsedUntilTheFirstHasGone() {
    storage();
    world.apply(storageInTheSamePlace());
    world.until("refused", () -> world.phase(BACKUP_STORAGES, "second").equals("NotReady"));
    assertThat(world.tree(BACKUP_STORAGES, "second").at("/status/conditions").toString())
        .contains("BackupStorage demo/s3-storage keeps its files there already");

    world.delete(BACKUP_STORAGES, "s3-storage");

    world.until("ready", () -> world.phase(BACKUP_STORAGES, "second").equals("Ready"));
  }

  private String storageInTheSamePlace() {
    var spec = world.tree(BACKUP_STORAGES, "s3-storage").path("spec");
    return "{apiVersion: storage.kubestash.com/v1alpha1, kind: BackupStorage, metadata: {name: second, namespace: demo},"
        + " spec: " + spec.toString().replace("\"default\":true", "\"default\":false") + "}";
  }
}
