package io.snapstash.story;

import static io.snapstash.kube.ResourceTypes.BACKUP_CONFIGURATIONS;
import static io.snapstash.kube.ResourceTypes.BACKUP_SESSIONS;
import static io.snapstash.kube.ResourceTypes.CLAIMS;
import static io.snapstash.kube.ResourceTypes.CRON_JOBS;
import static io.snapstash.kube.ResourceTypes.JOBS;
import static io.snapstash.kube.ResourceTypes.PODS;
import static io.snapstash.kube.ResourceTypes.REPOSITORIES;
import static io.snapstash.kube.ResourceTypes.SNAPSHOTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.snapstash.csi.CsiTypes;
import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.ARestore;
import io.snapstash.fixtures.Given;
import io.snapstash.fixtures.StoryWorld;
import io.snapstash.rules.Rule;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs: how they begin, what they share, and what happens when something fails or dies on the way. */
class RunStoryTest extends Story {
  private String inTwoMinutes() {
    ZonedDateTime slot = world.time().now().atZone(ZoneOffset.UTC).plusMinutes(2);
    return slot.getMinute() + " " + slot.getHour() + " * * *";
  }

  @Test
  void twoRepositoriesOfASessionGetASnapshotEachOfTheSameVolumeSnapshots() {
    storage();
    claim("source", "old");

    backUp(ABackup.ofClaim("b", "source").repository("second-repo"), "b");

    assertThat(snapshots()).extracting(snapshot -> snapshot.getSpec().repository())
        .containsExactlyInAnyOrder("b-repo", "second-repo");
    assertThat(snapshots()).extracting(snapshot -> phase(snapshot)).containsOnly("Succeeded");
    assertThat(world.list(CsiTypes.VOLUME_SNAPSHOTS)).hasSize(1);
    assertThat(world.phase(REPOSITORIES, "second-repo")).isEqualTo("Ready");
    world.staysQuietForTenMinutes();
  }

  @Test
  void twoSessionsThatFireInTheSameMinuteBothSucceed() {
    storage();
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source").schedule(inTwoMinutes())
        .session("other").repository("other-repo").schedule(inTwoMinutes()), "b");
    assertThat(runs("b")).hasSize(2);

    world.until("both sessions", Duration.ofHours(2), () -> runs("b").size() == 4
        && runs("b").stream().allMatch(run -> phase(run).equals("Succeeded")));

    assertThat(world.list(CsiTypes.VOLUME_SNAPSHOTS)).hasSize(4);
  }

  @Test
  void aRunWithANameChosenByHandIsARunLikeAnyOther() {
    storage();
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source"), "b");
    world.write("source", "newer");
    world.advance(Duration.ofMinutes(1));

    world.apply("""
        apiVersion: core.kubestash.com/v1alpha1
        kind: BackupSession
        metadata: {name: before-the-upgrade, namespace: demo}
        spec:
          invoker: {apiGroup: core.kubestash.com, kind: BackupConfiguration, name: b}
          session: frequent
        """);
    world.until("done", () -> world.phase(BACKUP_SESSIONS, "before-the-upgrade").equals("Succeeded"));
    restore(ARestore.of("r", "b-repo").into("back"), "r", "Succeeded");

    assertThat(world.read("back")).isEqualTo("newer");
    world.staysQuietForTenMinutes();
  }

  @Test
  void aTriggerThatRunsTwiceForOneSlotMakesOneRun() {
    storage();
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source").schedule(inTwoMinutes()), "b");
    world.until("the slot", Duration.ofHours(2), () -> runs("b").size() == 2);
    Job first = world.list(JOBS).stream().filter(job -> job.getMetadata().getName().startsWith("trigger-"))
        .findFirst().orElseThrow();

    world.delete(JOBS, first.getMetadata().getName());
    world.until("gone", () -> world.find(JOBS, "demo", first.getMetadata().getName()).isEmpty());
    Job again = new JobBuilder().withNewMetadata().withName(first.getMetadata().getName()).withNamespace("demo")
        .endMetadata().withSpec(first.getSpec()).build();
    again.getSpec().setSelector(null);
    again.getSpec().getTemplate().getMetadata().getLabels().keySet().removeIf(key -> key.contains("controller-uid"));
    StoryWorld.await(world.client().create(JOBS, "demo", again));
    world.until("second trigger done", () -> world.condition(JOBS, again.getMetadata().getName(), "Complete")
        .startsWith("True"));

    assertThat(runs("b")).hasSize(2);
  }

  @Test
  @Rule("behaviour 7.5")
  void oneOfThreeVolumesFailsAndTheOthersAreStillCut() {
    world.behaviour().stallSnapshotOf("data-web-1");
    storage();
    world.apply(Given.statefulSet("web", 3));
    List.of("data-web-0", "data-web-1", "data-web-2").forEach(this::bound);

    world.apply(ABackup.ofWorkload("b", "StatefulSet", "web").timeout("10m").manifests());
    world.until("failed", Duration.ofMinutes(30),
        () -> runs("b").stream().anyMatch(run -> phase(run).equals("Failed")));

    String components = world.tree(SNAPSHOTS,
        snapshots().getFirst().getMetadata().getName()).at("/status/components").toString();
    assertThat(components).contains("volumesnapshot-pod-0", "volumesnapshot-pod-1", "volumesnapshot-pod-2");
    assertThat(components.split("\"Succeeded\"", -1)).hasSize(3);
    assertThat(components.split("\"Failed\"", -1)).hasSize(2);
    assertThat(components).as("told by the Job itself, before it is ended").contains("data-web-1: deadline exceeded");
    world.staysQuietForTenMinutes();
  }

  @Test
  void anErrorThatTheDriverGetsOverDoesNotFailTheRun() {
    world.behaviour().failSnapshotOf("source", 2);
    storage();
    claim("source", "old");

    backUp(ABackup.ofClaim("b", "source"), "b");

    world.staysQuietForTenMinutes();
  }

  @Test
  void theOperatorMayDieInTheMiddleOfARun() {
    world.behaviour().snapshotsTake(Duration.ofMinutes(1));
    storage();
    claim("source", "old");
    world.apply(ABackup.ofClaim("b", "source").manifests());
    world.until("running", () -> runs("b").stream().anyMatch(run -> phase(run).equals("Running")));

    StoryWorld.await(world.world().stopOperator());
    world.advance(Duration.ofMinutes(2));
    StoryWorld.await(world.world().startOperator());

    world.until("succeeded", () -> runs("b").stream().allMatch(run -> phase(run).equals("Succeeded")));
    assertThat(runs("b")).hasSize(1);
    assertThat(world.list(CsiTypes.VOLUME_SNAPSHOTS)).hasSize(1);
    world.staysQuietForTenMinutes();
  }

  @Test
  void theBackupPodMayDieAndIsRunAgain() {
    world.behaviour().snapshotsTake(Duration.ofMinutes(1));
    storage();
    claim("source", "old");
    world.apply(ABackup.ofClaim("b", "source").manifests());
    world.until("cut", () -> world.list(CsiTypes.VOLUME_SNAPSHOTS).size() == 1);

    world.list(PODS).stream()
        .filter(pod -> pod.getMetadata().getName().startsWith("b-frequent"))
        .forEach(pod -> world.delete(PODS, pod.getMetadata().getName()));

    world.until("succeeded", Duration.ofMinutes(10),
        () -> runs("b").stream().allMatch(run -> phase(run).equals("Succeeded")));
    assertThat(world.list(CsiTypes.VOLUME_SNAPSHOTS)).hasSize(1);
    world.staysQuietForTenMinutes();
  }

  @Test
  void deletingAConfigurationEndsItsScheduleAndKeepsTheSnapshots() {
    storage();
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source"), "b");

    world.delete(BACKUP_CONFIGURATIONS, "b");
    world.until("schedule gone", () -> world.list(CRON_JOBS).isEmpty());

    assertThat(snapshots()).hasSize(1);
    assertThat(world.list(CsiTypes.VOLUME_SNAPSHOTS)).hasSize(1);
    assertThat(world.phase(CLAIMS, "source")).isEqualTo("Bound");
  }
}
