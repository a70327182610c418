package io.snapstash.crash;

import static io.snapstash.crash.CrashStories.withBackup;
import static io.snapstash.crash.CrashStories.withClaim;
import static io.snapstash.kube.ResourceTypes.JOBS;
import static io.snapstash.kube.ResourceTypes.RESTORE_SESSIONS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.ARestore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A cluster or a leader that is lost, while whoever comes after dies at every write. */
@Tag("crash")
class DisasterCrashTest {
  @Test
  void aNewClusterGetsCatalogueAndDataBack() {
    Crashes.endAlike(withBackup(CrashStory.named("disaster"), ABackup.ofClaim("b", "source")).afterDisaster()
        .then("the claim is restored", run -> {
          CrashStories.storage(run);
          run.apply(restore().manifests());
        }, run -> run.phase(RESTORE_SESSIONS, "r").equals("Succeeded")), 23, 30);
  }

  /** What its template leaves open only the catalogue knows. */
  private static ARestore restore() {
    ARestore restore = ARestore.of("r", "b-repo").into("back");
    ((ObjectNode) restore.manifests().getFirst().at("/spec/addon/tasks/0/targetVolumes/volumeClaimTemplates/0/spec"))
        .remove("accessModes");
    return restore;
  }

  /** The first hands over in the middle of the run, unless it has died before. */
  @Test
  void aRunGoesThroughTheHandsOfTwoOperators() {
    Crashes.endAlike(withClaim(CrashStory.named("leader-hand-over")).withTwoOperators()
        .given("the storage is ready", CrashStories::storage, CrashStories::isStorageReady)
        .then("the Job is there", run -> run.apply(ABackup.ofClaim("b", "source").manifests()),
            run -> !run.list(JOBS).isEmpty())
        .then("the run has succeeded", CrashRun::endLeader, run -> run.runsAre(1, "Succeeded")), 37, 44);
  }
}
