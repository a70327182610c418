package io.snapstash.crash;

import static io.snapstash.kube.ResourceTypes.BACKUP_STORAGES;

import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.Given;
import io.snapstash.sandbox.Manifests;

/** What several stories begin with. */
final class CrashStories {
  private CrashStories() {}

  /** A bound claim "source" that holds "old". */
  static CrashStory withClaim(CrashStory story) {
    return story.given("the claim is bound", run -> run.apply(Given.claim("source")), run -> run.isBound("source"))
        .given("the claim has content", run -> run.write("source", "old"), _ -> true);
  }

  static CrashStory withStorage(CrashStory story) {
    return story.given("the storage is ready", CrashStories::storage, CrashStories::isStorageReady);
  }

  /** As {@link #withClaim} and {@link #withStorage}, and a first run of the backup has succeeded. */
  static CrashStory withBackup(CrashStory story, ABackup backup) {
    return withStorage(withClaim(story))
        .given("the first run has succeeded", run -> run.apply(backup.manifests()), run -> run.runsAre(1, "Succeeded"));
  }

  static void storage(CrashRun run) {
    run.apply(Manifests.file("k8s/samples/00-storage.yaml"));
  }

  static boolean isStorageReady(CrashRun run) {
    return run.phase(BACKUP_STORAGES, "s3-storage").equals("Ready");
  }
}
