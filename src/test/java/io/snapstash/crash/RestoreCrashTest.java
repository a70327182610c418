package io.snapstash.crash;

import static io.snapstash.crash.CrashStories.withBackup;
import static io.snapstash.kube.ResourceTypes.BACKUP_CONFIGURATIONS;
import static io.snapstash.kube.ResourceTypes.BACKUP_SESSIONS;
import static io.snapstash.kube.ResourceTypes.BACKUP_STORAGES;
import static io.snapstash.kube.ResourceTypes.REPOSITORIES;
import static io.snapstash.kube.ResourceTypes.RESTORE_SESSIONS;
import static io.snapstash.kube.ResourceTypes.SNAPSHOTS;

import io.snapstash.csi.CsiTypes;
import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.ARestore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of backups, killed at every write: restore, retention, removal. */
@Tag("crash")
class RestoreCrashTest {
  @Test
  void aClaimIsRestoredOnceWithItsContent() {
    Crashes.endAlike(withBackup(CrashStory.named("restore"), ABackup.ofClaim("b", "source"))
        .then("the restore has succeeded", run -> run.apply(ARestore.of("r", "b-repo").into("back").manifests()),
            run -> run.phase(RESTORE_SESSIONS, "r").equals("Succeeded")), 13, 16);
  }

  @Test
  void ofTwoRunsTheNewerIsLeft() {
    Crashes.endAlike(withBackup(CrashStory.named("retention")
            .given("one is to be kept", run -> run.apply("""
                apiVersion: storage.kubestash.com/v1alpha1
                kind: RetentionPolicy
                metadata: {name: keep-one, namespace: demo}
                spec: {successfulSnapshots: {last: 1}}
                """), _ -> true), keepingOne())
        .then("the second run has replaced the first", CrashRun::trigger, run -> run.runsAre(1, "Succeeded")
            && run.list(BACKUP_SESSIONS).getFirst().getMetadata().getName().endsWith("0")
            && run.list(SNAPSHOTS).size() == 1 && run.list(CsiTypes.VOLUME_SNAPSHOTS).size() == 1), 32, 39);
  }

  private static ABackup keepingOne() {
    ABackup backup = ABackup.ofClaim("b", "source").history(1);
    backup.manifests().getFirst().withArray("/spec/backends").get(0).withObject("/retentionPolicy")
        .put("name", "keep-one");
    return backup;
  }

  @Test
  void whatIsWipedLeavesNothingBehind() {
    Crashes.endAlike(withBackup(CrashStory.named("wipe-out"), ABackup.ofClaim("b", "source").deletionPolicy("WipeOut"))
        .then("the repository is gone", run -> run.delete(BACKUP_CONFIGURATIONS, "b"),
            run -> run.find(BACKUP_CONFIGURATIONS, "b").isEmpty() && run.list(REPOSITORIES).isEmpty()
                && run.list(CsiTypes.VOLUME_SNAPSHOTS).isEmpty())
        .then("the storage is gone", run -> {
          run.patch(BACKUP_STORAGES, "s3-storage", "{spec: {deletionPolicy: WipeOut}}");
          run.delete(BACKUP_STORAGES, "s3-storage");
        }, run -> run.find(BACKUP_STORAGES, "s3-storage").isEmpty()), 15, 18);
  }
}
