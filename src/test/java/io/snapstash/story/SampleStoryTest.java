package io.snapstash.story;

import static io.snapstash.kube.ResourceTypes.BACKUP_CONFIGURATIONS;
import static io.snapstash.kube.ResourceTypes.CLAIMS;
import static io.snapstash.kube.ResourceTypes.RESTORE_SESSIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.api.BackupSession;
import io.snapstash.sandbox.Manifests;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The samples, each from the workload to the restored content, and then silence. */
class SampleStoryTest extends Story {
  private void apply(String file) {
    world.apply(Manifests.file("k8s/samples/" + file));
  }

  private void backUpAndChange(String folder, String name, List<String> claims) {
    storage();
    apply(folder + "/workload.yaml");
    claims.forEach(this::bound);
    claims.forEach(claim -> world.write(claim, "old " + claim));
    apply(folder + "/backupconfiguration.yaml");
    world.until("initial backup", () -> runs(name).stream().anyMatch(run -> phase(run).equals("Succeeded")));
    world.patch(BACKUP_CONFIGURATIONS, name, "{spec: {paused: true}}");
    claims.forEach(claim -> world.write(claim, "new " + claim));
  }

  private static long second(BackupSession run) {
    return Long.parseLong(run.getMetadata().getName().replaceAll(".*-", ""));
  }

  private void restored(String name, Map<String, String> claims) {
    world.until("restored", () -> world.phase(RESTORE_SESSIONS, "restore-" + name).equals("Succeeded"));
    claims.forEach((source, target) -> assertThat(world.read(target)).isEqualTo("old " + source));
    claims.keySet().forEach(source -> assertThat(world.read(source)).isEqualTo("new " + source));
    world.staysQuietForTenMinutes();
  }

  @Test
  void aClaimComesBackUnderANewName() {
    backUpAndChange("pvc", "notes", List.of("notes"));

    apply("pvc/restoresession.yaml");

    restored("notes", Map.of("notes", "notes-restored"));
  }

  @Test
  void bothClaimsOfADeploymentComeBackInTheOrderOfItsVolumes() {
    backUpAndChange("deployment", "shop", List.of("shop-data", "shop-config"));

    apply("deployment/restoresession.yaml");

    restored("shop", Map.of("shop-data", "shop-data-restored", "shop-config", "shop-config-restored"));
  }

  @Test
  void theClaimsOfAStatefulSetWaitForTheirNewPods() {
    backUpAndChange("statefulset", "ledger", List.of("data-ledger-0", "data-ledger-1", "data-ledger-2"));

    apply("statefulset/restoresession.yaml");
    world.until("claims made", () -> world.phase(RESTORE_SESSIONS, "restore-ledger").equals("Unknown"));
    assertThat(world.phase(CLAIMS, "data-ledger-restored-2")).isEqualTo("Pending");
    apply("statefulset/restored/workload.yaml");

    restored("ledger", Map.of("data-ledger-0", "data-ledger-restored-0", "data-ledger-1", "data-ledger-restored-1",
        "data-ledger-2", "data-ledger-restored-2"));
  }

  @Test
  void theClaimOfADaemonSetComesBack() {
    backUpAndChange("daemonset", "agent", List.of("agent-state"));

    apply("daemonset/restoresession.yaml");

    restored("agent", Map.of("agent-state", "agent-state-restored"));
  }

  @Test
  void aRunThroughTheScheduleIsNamedAfterItsMinute() {
    storage();
    apply("pvc/workload.yaml");
    bound("notes");
    apply("pvc/backupconfiguration.yaml");
    world.until("initial backup", () -> runs("notes").size() == 1);

    world.until("scheduled backup", Duration.ofMinutes(3), () -> runs("notes").stream()
        .anyMatch(run -> second(run) % 60 == 0 && phase(run).equals("Succeeded")));

    assertThat(runs("notes")).last().satisfies(run -> assertThat(run.getMetadata().getAnnotations())
        .containsEntry("snapstash.io/trigger", "schedule"));
  }
}
