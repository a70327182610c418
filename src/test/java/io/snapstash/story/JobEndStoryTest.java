package io.snapstash.story;

import static io.snapstash.kube.ResourceTypes.BACKUP_SESSIONS;
import static io.snapstash.kube.ResourceTypes.JOBS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.Json;
import io.snapstash.csi.CsiTypes;
import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.ARestore;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.rules.Rule;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Runs whose Job cannot do its work: each ends in a clear phase, within its deadline, and says why. */
class JobEndStoryTest extends Story {
  private void start() {
    storage();
    claim("source", "old");
    world.apply(ABackup.ofClaim("b", "source").timeout("20m").manifests());
  }

  private String run() {
    return runs("b").getFirst().getMetadata().getName();
  }

  private void failed() {
    world.until("failed", Duration.ofMinutes(25), () -> !runs("b").isEmpty()
        && phase(runs("b").getFirst()).equals("Failed"));
    assertThat(snapshots()).allMatch(snapshot -> phase(snapshot).equals("Failed"));
  }

  private String conditions() {
    return Json.MAPPER.<JsonNode>valueToTree(runs("b").getFirst()).at("/status/conditions").toString();
  }

  @Test
  @Rule("behaviour 7.7")
  void aJobWhosePodsAreRefusedSaysSoAndEndsWithItsDeadline() {
    world.behaviour().refusePods(true);
    start();

    world.until("told", Duration.ofMinutes(10), () -> conditions()
        .contains("PodHasBeenInPendingStateForLongerThanExpected"));
    assertThat(phase(runs("b").getFirst())).isIn("Pending", "Running");
    failed();

    assertThat(world.list(JOBS)).noneMatch(job -> job.getMetadata().getName().equals(run()));
    world.staysQuietForTenMinutes();
  }

  @Test
  @Rule("behaviour 7.6")
  void aPodThatNeverStartsSaysSoAndEndsWithItsDeadline() {
    world.behaviour().podsStartAfter(Duration.ofHours(5));
    start();

    world.until("told", Duration.ofMinutes(10), () -> conditions().contains("does not start"));
    failed();

    assertThat(world.list(CsiTypes.VOLUME_SNAPSHOTS)).isEmpty();
  }

  @Test
  @Rule("behaviour 7.6")
  void aJobThatSomebodyDeletesEndsTheRunAtOnce() {
    world.behaviour().snapshotsTake(Duration.ofMinutes(10));
    start();
    world.until("cut", () -> world.list(CsiTypes.VOLUME_SNAPSHOTS).size() == 1);

    world.delete(JOBS, run());
    world.until("failed", () -> world.phase(BACKUP_SESSIONS, run()).equals("Failed"));

    assertThat(snapshots()).allMatch(snapshot -> phase(snapshot).equals("Failed"));
    assertThat(Json.MAPPER.<JsonNode>valueToTree(snapshots().getFirst()).toString()).contains("the Job is gone");
  }

  @Test
  void aRestoreIsToldOnTheBackupConfigurationToo() {
    storage();
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source"), "b");

    restore(ARestore.of("r", "b-repo").into("copy"), "r", "Succeeded");

    assertThat(world.list(ResourceTypes.EVENTS)).filteredOn(event -> event.getReason().equals("RestoreSucceeded"))
        .extracting(event -> event.getInvolvedObject().getKind() + " " + event.getMessage())
        .anyMatch(told -> told.startsWith("RestoreSession 1 volume"))
        .anyMatch(told -> told.startsWith("BackupConfiguration RestoreSession demo/r: 1 volume"));
  }
}
