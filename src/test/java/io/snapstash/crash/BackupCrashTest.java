package io.snapstash.crash;

import static io.snapstash.crash.CrashStories.withClaim;
import static io.snapstash.crash.CrashStories.withStorage;

import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.Given;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Backups, killed at every write. */
@Tag("crash")
class BackupCrashTest {
  private static final String DEPLOYMENT = """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: demo}
      spec:
        replicas: 1
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers: [{name: main, image: busybox, volumeMounts: [{name: data, mountPath: /data}]}]
            volumes: [{name: data, persistentVolumeClaim: {claimName: source}}]
      """;

  @Test
  void aClaimIsBackedUpOnceFromTheFirstWriteToTheStoreOn() {
    Crashes.endAlike(withClaim(CrashStory.named("backup-of-claim"))
        .then("the storage is ready", CrashStories::storage, CrashStories::isStorageReady)
        .then("the run has succeeded", run -> run.apply(ABackup.ofClaim("b", "source").manifests()),
            run -> run.runsAre(1, "Succeeded")), 41, 47);
  }

  @Test
  void aDeploymentIsBackedUpAtOnceAndOnScheduleInTwoRepositories() {
    Crashes.endAlike(withStorage(withClaim(CrashStory.named("backup-of-deployment")))
        .given("the Deployment is there", run -> run.apply(DEPLOYMENT), _ -> true)
        .given("the first run has succeeded", run -> run.apply(ABackup.ofWorkload("b", "Deployment", "web")
            .repository("second-repo").manifests()), run -> run.runsAre(1, "Succeeded"))
        .then("the second run has succeeded", CrashRun::trigger, run -> run.runsAre(2, "Succeeded")), 37, 44);
  }

  @Test
  void everyReplicaOfAStatefulSetIsBackedUpOnce() {
    Crashes.endAlike(withStorage(CrashStory.named("backup-of-statefulset"))
        .given("claims are bound", run -> run.apply(Given.statefulSet("web", 2)),
            run -> run.isBound("data-web-0") && run.isBound("data-web-1"))
        .then("the run has succeeded", run -> run.apply(ABackup.ofWorkload("b", "StatefulSet", "web").manifests()),
            run -> run.runsAre(1, "Succeeded")), 39, 46);
  }
}
