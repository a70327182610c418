package io.snapstash.story;

import static io.snapstash.kube.ResourceTypes.BACKUP_CONFIGURATIONS;
import static io.snapstash.kube.ResourceTypes.BACKUP_SESSIONS;
import static io.snapstash.kube.ResourceTypes.RESTORE_SESSIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.Json;
import io.snapstash.csi.CsiTypes;
import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.ARestore;
import io.snapstash.fixtures.Given;
import io.snapstash.fixtures.StoryWorld;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.rules.Rule;
import io.snapstash.sandbox.apiserver.PodExecs;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that is frozen before its volumes are cut, and thawed afterwards, whatever happens in between. */
class HookStoryTest extends Story {
  private static final String WORKLOAD = "StatefulSet";

  /** What ran in the Pods, in order: the command's first word. */
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final Map<String, Future<PodExecs.End>> ends = new ConcurrentHashMap<>();

  @BeforeEach
  void aDatabase() {
    world.server().execs().by(command -> {
      calls.add(command.words().getFirst());
      return ends.getOrDefault(command.words().getFirst(), Future.succeededFuture(new PodExecs.End(0, "")));
    });
    storage();
    world.apply(Given.statefulSet("db", 1));
    bound("data-db-0");
    template("freeze");
    template("thaw");
  }

  private void template(String name) {
    world.apply("""
        apiVersion: core.kubestash.com/v1alpha1
        kind: HookTemplate
        metadata: {name: %1$s, namespace: demo}
        spec:
          action: {exec: {command: [%1$s, "${how:=softly}"]}}
          executor: {type: Pod, pod: {selector: "app=db"}}
        """.formatted(name));
  }

  private void shared(String with) {
    world.apply("""
        apiVersion: core.kubestash.com/v1alpha1
        kind: HookTemplate
        metadata: {name: freeze, namespace: shared}
        spec:
          usagePolicy: {allowedNamespaces: {from: %s}}
          action: {exec: {command: [freeze]}}
          executor: {type: Pod, pod: {selector: "app=db"}}
        """.formatted(with));
  }

  private void ends(String command, int exitCode, String output) {
    ends.put(command, Future.succeededFuture(new PodExecs.End(exitCode, output)));
  }

  private static ABackup frozen() {
    return ABackup.ofWorkload("b", WORKLOAD, "db").before("freeze", "").after("thaw", "");
  }

  private void ended(String phase) {
    world.until("run " + phase, Duration.ofMinutes(20),
        () -> !runs("b").isEmpty() && phase(runs("b").getFirst()).equals(phase));
  }

  private JsonNode status() {
    return Json.MAPPER.<JsonNode>valueToTree(runs("b").getFirst()).path("status");
  }

  private String message(String condition) {
    for (JsonNode each : status().path("conditions")) {
      if (each.path("type").asText().equals(condition)) {
        return each.path("status").asText() + ": " + each.path("message").asText();
      }
    }
    return "";
  }

  private void isCalled(String command) {
    world.until(command, () -> calls.contains(command));
  }

  @Test
  @Rule("behaviour 11.1")
  @Rule("behaviour 11.6")
  void aDatabaseIsFrozenForTheTimeOfItsBackup() {
    backUp(frozen(), "b");

    assertThat(calls).containsExactly("freeze", "thaw");
    assertThat(status().at("/hooks")).isEqualTo(Json.MAPPER.valueToTree(Map.of(
        "preHooks", List.of(Map.of("name", "freeze", "phase", "Succeeded")),
        "postHooks", List.of(Map.of("name", "thaw", "phase", "Succeeded")))));
    assertThat(message("PreBackupHooksExecutionSucceeded")).isEqualTo("True: ");
    assertThat(message("PostBackupHooksExecutionSucceeded")).isEqualTo("True: ");
    world.staysQuietForTenMinutes();
  }

  @Test
  @Rule("behaviour 11.4")
  void withoutItsFreezeThereIsNoBackupAndTheReasonIsShownWithoutSecrets() {
    ends("freeze", 3, "connecting with password=swordfish\naccess denied\n");

    world.apply(frozen().manifests());
    ended("Failed");

    assertThat(calls).containsExactly("freeze", "thaw");
    assertThat(message("PreBackupHooksExecutionSucceeded"))
        .startsWith("False: hook \"freeze\": Pod db-0: exit code 3: ").contains("access denied")
        .doesNotContain("swordfish");
    assertThat(world.list(CsiTypes.VOLUME_SNAPSHOTS)).isEmpty();
    assertThat(snapshots()).allMatch(snapshot -> phase(snapshot).equals("Failed"));
    assertThat(world.list(ResourceTypes.EVENTS)).filteredOn(event -> event.getReason().equals("HookFailed"))
        .extracting(event -> event.getInvolvedObject().getKind())
        .containsExactlyInAnyOrder("BackupSession", "BackupConfiguration");
    world.staysQuietForTenMinutes();
  }

  @Test
  void aThawThatFailsIsTriedAgainAndFailsTheRunThatIsThereNevertheless() {
    ends("thaw", 1, "");

    world.apply(ABackup.ofWorkload("b", WORKLOAD, "db").before("freeze", "").after("thaw", "maxRetry: 2").manifests());
    ended("Failed");

    assertThat(calls).containsExactly("freeze", "thaw", "thaw", "thaw");
    assertThat(message("PostBackupHooksExecutionSucceeded")).contains("attempt 3 of 3");
    assertThat(world.list(CsiTypes.VOLUME_SNAPSHOTS)).hasSize(1);
  }

  @Test
  void aFreezeThatNeverAnswersEndsWithItsTimeout() {
    ends.put("freeze", Promise.<PodExecs.End>promise().future());

    world.apply(ABackup.ofWorkload("b", WORKLOAD, "db").before("freeze", "timeout: 30s").after("thaw", "").manifests());
    ended("Failed");

    assertThat(message("PreBackupHooksExecutionSucceeded")).contains("timed out after 30s");
    assertThat(calls).containsExactly("freeze", "thaw");
  }

  @Test
  void anOperatorThatDiesDuringTheFreezeThawsWhenItComesBackAndFreezesNoSecondTime() {
    ends.put("freeze", Promise.<PodExecs.End>promise().future());
    world.apply(frozen().manifests());
    isCalled("freeze");

    StoryWorld.await(world.world().stopOperator());
    ends("freeze", 0, "");
    StoryWorld.await(world.world().startOperator());
    ended("Failed");

    assertThat(calls).containsExactly("freeze", "thaw");
    assertThat(message("PreBackupHooksExecutionSucceeded")).contains("not repeated");
  }

  @Test
  void anOperatorThatDiesBetweenFreezeAndThawThawsOnceWhenItComesBack() {
    world.behaviour().snapshotsTake(Duration.ofMinutes(2));
    world.apply(frozen().manifests());
    world.until("cut", () -> world.list(CsiTypes.VOLUME_SNAPSHOTS).size() == 1);

    StoryWorld.await(world.world().stopOperator());
    world.advance(Duration.ofMinutes(5));
    assertThat(calls).containsExactly("freeze");
    StoryWorld.await(world.world().startOperator());
    ended("Succeeded");

    assertThat(calls).containsExactly("freeze", "thaw");
  }

  @Test
  void aFreezeThatIsReleasedOnTheCutDoesNotWaitForTheUpload() {
    world.behaviour().snapshotsTake(Duration.ofMinutes(10));
    world.apply(ABackup.ofWorkload("b", WORKLOAD, "db").before("freeze", "")
        .after("thaw", "params: {releaseOn: cut}").manifests());

    isCalled("thaw");

    assertThat(world.list(CsiTypes.VOLUME_SNAPSHOTS)).singleElement()
        .matches(cut -> !Boolean.TRUE.equals(cut.getStatus().readyToUse()));
    ended("Succeeded");
    assertThat(calls).containsExactly("freeze", "thaw");
    world.staysQuietForTenMinutes();
  }

  @Test
  void aFreezeEndsWithTheDeadlineOfItsRun() {
    world.behaviour().stallSnapshotOf("data-db-0");
    world.apply(frozen().timeout("5m").manifests());
    isCalled("freeze");

    world.advance(Duration.ofMinutes(4));
    assertThat(calls).containsExactly("freeze");
    world.advance(Duration.ofMinutes(2));

    assertThat(calls).containsExactly("freeze", "thaw");
    ended("Failed");
  }

  @Test
  void aRunThatIsDeletedMeanwhileThawsBeforeItGoes() {
    world.behaviour().stallSnapshotOf("data-db-0");
    world.apply(frozen().manifests());
    world.until("cut", () -> world.list(CsiTypes.VOLUME_SNAPSHOTS).size() == 1);

    world.delete(BACKUP_SESSIONS, runs("b").getFirst().getMetadata().getName());
    world.until("gone", () -> runs("b").isEmpty());

    assertThat(calls).containsExactly("freeze", "thaw");
  }

  @Test
  void aBackupConfigurationThatIsDeletedMeanwhileThawsBeforeItGoes() {
    world.behaviour().stallSnapshotOf("data-db-0");
    world.apply(frozen().manifests());
    world.until("cut", () -> world.list(CsiTypes.VOLUME_SNAPSHOTS).size() == 1);

    world.delete(BACKUP_CONFIGURATIONS, "b");
    world.until("gone", () -> world.list(BACKUP_CONFIGURATIONS).isEmpty() && world.list(BACKUP_SESSIONS).isEmpty());

    assertThat(calls).containsExactly("freeze", "thaw");
  }

  @Test
  @Rule("behaviour 11.5")
  void whoIsToldDependsOnHowItWent() {
    template("cheer");
    template("alarm");
    world.behaviour().failSnapshotOf("data-db-0");

    world.apply(ABackup.ofWorkload("b", WORKLOAD, "db").timeout("2m").after("cheer", "executionPolicy: OnSuccess")
        .after("alarm", "executionPolicy: OnFailure").manifests());
    ended("Failed");

    assertThat(calls).containsExactly("alarm");
    assertThat(status().at("/hooks/postHooks")).isEqualTo(Json.MAPPER.valueToTree(List.of(
        Map.of("name", "cheer", "phase", "Succeeded"), Map.of("name", "alarm", "phase", "Succeeded"))));
  }

  @Test
  @Rule("behaviour 11.3")
  void aFunctionRunsAsAJobOfTheRun() {
    world.apply("""
        apiVersion: addons.kubestash.com/v1alpha1
        kind: Function
        metadata: {name: knock}
        spec: {image: busybox, args: ["--run=${backupSession}", "--how=${how:=softly}"]}
        ---
        apiVersion: core.kubestash.com/v1alpha1
        kind: HookTemplate
        metadata: {name: freeze, namespace: demo}
        spec:
          params: [{name: how, default: twice}]
          executor: {type: Function, function: {name: knock, env: [{name: WHERE, value: door}]}}
        """);

    backUp(frozen(), "b");

    assertThat(world.list(ResourceTypes.JOBS)).filteredOn(job -> job.getMetadata().getName().startsWith("hook-"))
        .singleElement().satisfies(job -> {
          var container = job.getSpec().getTemplate() == null ? null
              : job.getSpec().getTemplate().getSpec().getContainers().getFirst();
          assertThat(container.getArgs()).containsExactly(
              "--run=" + runs("b").getFirst().getMetadata().getName(), "--how=twice");
          assertThat(container.getEnv()).anyMatch(each -> each.getName().equals("WHERE"));
        });
    assertThat(calls).containsExactly("thaw");
  }

  @Test
  @Rule("behaviour 11.9")
  void aTemplateOfAnotherNamespaceNeedsItsConsent() {
    world.apply(Given.namespace("shared", ""));
    shared("Same");

    world.apply(ABackup.ofWorkload("b", WORKLOAD, "db")
        .before("freeze", "hookTemplate: {name: freeze, namespace: shared}").manifests());
    world.until("refused", () -> world.phase(BACKUP_CONFIGURATIONS, "b").equals("Invalid"));

    shared("All");
    ended("Succeeded");
    assertThat(calls).containsExactly("freeze");
  }

  @Test
  void aRestoreStopsTheApplicationBeforeAndStartsItAfter() {
    backUp(ABackup.ofWorkload("b", WORKLOAD, "db"), "b");
    template("stop");
    template("start");

    restore(ARestore.of("r", "b-repo").addon("workload-addon").into("copy").before("stop").after("start"), "r",
        "Succeeded");

    assertThat(calls).containsExactly("stop", "start");
    assertThat(world.tree(RESTORE_SESSIONS, "r").at("/status/hooks/postHooks/0/phase").asText()).isEqualTo("Succeeded");
    world.delete(RESTORE_SESSIONS, "r");
    world.until("gone", () -> world.list(RESTORE_SESSIONS).isEmpty());
    world.staysQuietForTenMinutes();
  }

  @Test
  void anApplicationThatCannotBeStoppedIsNotRestoredAndStartedAgain() {
    backUp(ABackup.ofWorkload("b", WORKLOAD, "db"), "b");
    template("stop");
    template("start");
    ends("stop", 1, "busy");

    restore(ARestore.of("r", "b-repo").addon("workload-addon").into("copy").before("stop").after("start"), "r",
        "Failed");

    assertThat(calls).containsExactly("stop", "start");
    assertThat(world.find(ResourceTypes.CLAIMS, "demo", "copy")).isEmpty();
    assertThat(world.condition(RESTORE_SESSIONS, "r", "PreRestoreHooksExecutionSucceeded"))
        .isEqualTo("False:FailedToExecutePreRestoreHooks");
  }

  @Test
  void aRestoreThatIsDeletedMeanwhileStartsTheApplicationBeforeItGoes() {
    backUp(ABackup.ofWorkload("b", WORKLOAD, "db"), "b");
    template("stop");
    template("start");
    ends.put("stop", Promise.<PodExecs.End>promise().future());
    world.apply(ARestore.of("r", "b-repo").addon("workload-addon").into("copy").before("stop").after("start")
        .manifests());
    isCalled("stop");

    world.delete(RESTORE_SESSIONS, "r");
    world.until("gone", Duration.ofMinutes(10), () -> world.list(RESTORE_SESSIONS).isEmpty());

    assertThat(calls).containsExactly("stop", "start");
  }
}
