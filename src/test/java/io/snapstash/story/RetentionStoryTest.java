package io.snapstash.story;

import static io.snapstash.kube.ResourceTypes.BACKUP_CONFIGURATIONS;
import static io.snapstash.kube.ResourceTypes.RETENTION_POLICIES;
import static io.snapstash.kube.ResourceTypes.SNAPSHOTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.BackupSession;
import io.snapstash.api.Labels;
import io.snapstash.csi.CsiTypes;
import io.snapstash.fixtures.ABackup;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.rules.Rule;
import io.snapstash.sandbox.Manifests;
import io.snapstash.sandbox.apiserver.FaultPlan;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is left of many runs: Snapshots as the policy says, BackupSessions as the history says, retries of the failed. */
class RetentionStoryTest extends Story {
  private void policy(String spec) {
    world.apply("""
        apiVersion: storage.kubestash.com/v1alpha1
        kind: RetentionPolicy
        metadata: {name: keep-a-few, namespace: demo}
        spec: %s
        """.formatted(spec));
  }

  /** The next runs of a schedule of every minute. */
  private void runs(int more) {
    world.advance(Duration.ofMinutes(more));
  }

  private long snapshotFiles() {
    return world.files().stream().filter(file -> file.contains("/snapshots/")).count();
  }

  private List<String> names() {
    return snapshots().stream().map(each -> each.getMetadata().getName()).sorted().toList();
  }

  @Test
  @Rule("behaviour 9.2")
  @Rule("behaviour 9.6")
  @Rule("behaviour 9.7")
  @Rule("behaviour 7.3")
  void ofManyRunsTheLastThreeBackupsAndTheLastRunAreLeft() {
    storage();
    policy("{successfulSnapshots: {last: 3}}");
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source").schedule("* * * * *").history(1), "b");

    runs(5);
    world.patch(BACKUP_CONFIGURATIONS, "b", "{spec: {paused: true}}");
    world.until("three are left", () -> snapshots().size() == 3 && world.list(CsiTypes.VOLUME_SNAPSHOTS).size() == 3);

    assertThat(snapshotFiles()).isEqualTo(3);
    assertThat(world.disks().snapshotHandles()).hasSize(3);
    assertThat(runs("b")).singleElement().satisfies(run -> {
      assertThat(phase(run)).isEqualTo("Succeeded");
      assertThat(run.getStatus().retentionPolicy()).singleElement()
          .matches(result -> result.phase().equals("Applied") && result.repository().equals("b-repo"));
    });
    assertThat(world.list(ResourceTypes.JOBS)).filteredOn(job -> job.getMetadata().getName().startsWith("b-frequent"))
        .hasSize(1);
    world.staysQuietForTenMinutes();
  }

  @Test
  void whatIsHeldOrNotOursStays() {
    storage();
    policy("{successfulSnapshots: {last: 1}}");
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source").schedule("* * * * *"), "b");
    String held = names().getFirst();
    world.patch(SNAPSHOTS, held, "{metadata: {labels: {snapstash.io/hold: 'true'}}}");
    runs(1);
    world.until("two", () -> snapshots().size() == 2);
    String foreign = names().stream().filter(name -> !name.equals(held)).findFirst().orElseThrow();
    world.patch(SNAPSHOTS, foreign, "{metadata: {annotations: {snapstash.io/backup-session-uid: null}}}");

    runs(2);
    world.until("settled", () -> snapshots().size() == 3);

    assertThat(names()).contains(held, foreign);
  }

  @Test
  void aPreviewTellsWhatWouldGoAndRemovesNothing() {
    storage();
    policy("{successfulSnapshots: {last: 1}}");
    world.patch(RETENTION_POLICIES, "keep-a-few", "{metadata: {annotations: {snapstash.io/retention-preview: 'true'}}}");
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source").schedule("* * * * *"), "b");
    String first = names().getFirst();

    runs(1);
    world.until("told", () -> world.tree(RETENTION_POLICIES, "keep-a-few")
        .at("/metadata/annotations").path(Labels.RETENTION_PREVIEW_RESULT).asText().contains(first));

    assertThat(snapshots()).hasSize(2);

    world.patch(RETENTION_POLICIES, "keep-a-few", "{metadata: {annotations: {snapstash.io/retention-preview: null}}}");
    world.until("done instead of told", () -> !names().contains(first) && world.tree(RETENTION_POLICIES, "keep-a-few")
        .at("/metadata/annotations").path(Labels.RETENTION_PREVIEW_RESULT).isMissingNode());
  }

  @Test
  void aPreviewOfAStricterPolicyIsToldAtOnce() {
    storage();
    policy("{successfulSnapshots: {last: 5}}");
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source").schedule("* * * * *"), "b");
    runs(2);
    world.patch(BACKUP_CONFIGURATIONS, "b", "{spec: {paused: true}}");
    world.until("three", () -> snapshots().size() == 3);

    world.patch(RETENTION_POLICIES, "keep-a-few", "{metadata: {annotations: {snapstash.io/retention-preview: 'true'}},"
        + " spec: {successfulSnapshots: {last: 1}}}");
    world.settle();

    JsonNode told = Manifests.parse(world.tree(RETENTION_POLICIES, "keep-a-few").at("/metadata/annotations")
        .path(Labels.RETENTION_PREVIEW_RESULT).asText("{}")).getFirst().path("demo/b-repo (frequent)");
    assertThat(told.path("snapshots").asInt()).isEqualTo(3);
    assertThat(told.path("wouldRemove").asInt()).isEqualTo(2);
    assertThat(snapshots()).hasSize(3);
    world.staysQuietForTenMinutes();
  }

  @Test
  @Rule("behaviour 12.11")
  void aSecondDefaultIsToldOf() {
    policy("{default: true, maxRetentionPeriod: 30d}");
    world.apply("{apiVersion: storage.kubestash.com/v1alpha1, kind: RetentionPolicy, metadata: {name: other,"
        + " namespace: demo}, spec: {default: true, successfulSnapshots: {last: 1}}}");
    world.settle();

    assertThat(world.list(ResourceTypes.EVENTS)).filteredOn(event -> event.getReason().equals("Invalid"))
        .extracting(event -> event.getInvolvedObject().getName() + " " + event.getMessage())
        .anyMatch(told -> told.startsWith("other spec.default: RetentionPolicy keep-a-few is the default"));
  }

  @Test
  @Rule("behaviour 7.4")
  void aFailedRunIsRepeatedAsOftenAsItMayBe() {
    // Its deadlines follow from creation timestamps, which a real server sets by a clock of its own.
    world.server();
    storage();
    claim("source", "old");
    world.behaviour().failSnapshotOf("source");
    world.apply(ABackup.ofClaim("b", "source").timeout("2m").retries(2, "1m").manifests());

    world.until("given up", Duration.ofMinutes(20), () -> runs("b").size() == 3
        && runs("b").stream().allMatch(run -> phase(run).equals("Failed")));

    world.until("two failed Snapshots are kept", () -> snapshots().size() == 2);
    assertThat(runs("b")).extracting(run -> run.getSpec().retryLeft()).containsExactly(2, 1, 0);
    assertThat(runs("b")).extracting(run -> run.getStatus().retried()).containsExactly(true, true, null);
    assertThat(runs("b")).extracting(RetentionStoryTest::trigger).containsExactly("initial", "retry", "retry");
    world.staysQuietForTenMinutes();
  }

  private static String trigger(BackupSession run) {
    return run.getMetadata().getAnnotations().get(Labels.TRIGGER);
  }

  @Test
  void aSnapshotThatSomebodyElseHasRemovedMeanwhileFailsNoRun() {
    storage();
    policy("{successfulSnapshots: {last: 1}}");
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source").schedule("* * * * *"), "b");
    world.server().faults().add("patch", "snapshots", new FaultPlan.What.Status(404, "NotFound", "gone"), 1);

    runs(1);
    world.until("a second run", () -> runs("b").size() == 2 && phase(runs("b").getLast()).equals("Succeeded"));

    assertThat(runs("b").getLast().getStatus().retentionPolicy()).singleElement()
        .matches(result -> result.phase().equals("Applied"));
  }

  @Test
  void aPolicyThatIsGoneFailsTheRunAndRepeatsNoBackup() {
    storage();
    claim("source", "old");
    world.behaviour().snapshotOfTakes("source", Duration.ofMinutes(1));
    world.apply(ABackup.ofClaim("b", "source").retries(2, "1m").manifests());
    world.until("running", () -> snapshots().stream().anyMatch(each -> phase(each).equals("Running")));
    world.delete(RETENTION_POLICIES, "keep-a-few");

    world.until("failed", () -> phase(runs("b").getFirst()).equals("Failed"));
    world.advance(Duration.ofMinutes(3));

    assertThat(runs("b")).singleElement().satisfies(run -> {
      assertThat(run.getStatus().nextRetry()).isNull();
      assertThat(run.getStatus().retentionPolicy()).singleElement().matches(result ->
          result.phase().equals("FailedToApply") && result.error().contains("demo/keep-a-few does not exist"));
    });
    assertThat(snapshots()).singleElement().matches(each -> phase(each).equals("Succeeded"));
  }
}
