package io.snapstash.crash;

import static io.snapstash.kube.ResourceTypes.BACKUP_STORAGES;

import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.Given;
import io.snapstash.sandbox.Manifests;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Backups, killed at every write. */
@Tag("crash")
class BackupCrashTest {
  static CrashStory withClaim(CrashStory story) {
    return story.given("the claim is bound", run -> run.apply(Given.claim("source")), run -> run.isBound("source"))
        .given("the claim has content", run -> run.write("source", "old"), _ -> true);
  }

  @Test
  void aClaimIsBackedUpOnceFromTheFirstWriteToTheStoreOn() {
    Crashes.endAlike(withClaim(CrashStory.named("backup-of-claim"))
        .then("the storage is ready", run -> run.apply(Manifests.file("k8s/samples/00-storage.yaml")),
            run -> run.phase(BACKUP_STORAGES, "s3-storage").equals("Ready"))
        .then("the run has succeeded", run -> run.apply(ABackup.ofClaim("b", "source").manifests()),
            run -> run.runsAre(1, "Succeeded")), 1, 100);
  }
}
