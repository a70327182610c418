package io.snapstash.crash;

import static io.snapstash.kube.ResourceTypes.BACKUP_CONFIGURATIONS;
import static io.snapstash.kube.ResourceTypes.BACKUP_SESSIONS;
import static io.snapstash.kube.ResourceTypes.BACKUP_STORAGES;
import static io.snapstash.kube.ResourceTypes.REPOSITORIES;
import static io.snapstash.kube.ResourceTypes.RESTORE_SESSIONS;
import static io.snapstash.kube.ResourceTypes.SNAPSHOTS;

import io.snapstash.csi.CsiTypes;
import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.ARestore;
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

  /** As {@link #withBackup}, where of all runs that succeed one is kept. */
  static CrashStory withPolicy(CrashStory story) {
    ABackup backup = ABackup.ofClaim("b", "source").history(1);
    backup.manifests().getFirst().withArray("/spec/backends").get(0).withObject("/retentionPolicy")
        .put("name", "keep-one");
    return withBackup(story.given("one is to be kept", run -> run.apply("""
        apiVersion: storage.kubestash.com/v1alpha1
        kind: RetentionPolicy
        metadata: {name: keep-one, namespace: demo}
        spec: {successfulSnapshots: {last: 1}}
        """), _ -> true), backup);
  }

  static CrashStory replaced(CrashStory story) {
    return story.then("the second run has replaced the first", CrashRun::trigger, run -> run.runsAre(1, "Succeeded")
        && run.list(BACKUP_SESSIONS).getFirst().getMetadata().getName().endsWith("0")
        && run.list(SNAPSHOTS).size() == 1 && run.list(CsiTypes.VOLUME_SNAPSHOTS).size() == 1);
  }

  static CrashStory restored(CrashStory story) {
    return story.then("the restore has succeeded",
        run -> run.apply(ARestore.of("r", "b-repo").into("back").manifests()),
        run -> run.phase(RESTORE_SESSIONS, "r").equals("Succeeded"));
  }

  /** A backup, another one that takes its place, and a restore from that. */
  static CrashStory life(String name) {
    return restored(replaced(withPolicy(CrashStory.named(name))));
  }

  static CrashStory wipedOut(String name) {
    return withBackup(CrashStory.named(name), ABackup.ofClaim("b", "source").deletionPolicy("WipeOut"))
        .then("the repository is gone", run -> run.delete(BACKUP_CONFIGURATIONS, "b"),
            run -> run.find(BACKUP_CONFIGURATIONS, "b").isEmpty() && run.list(REPOSITORIES).isEmpty()
                && run.list(CsiTypes.VOLUME_SNAPSHOTS).isEmpty())
        .then("the storage is gone", run -> {
          run.patch(BACKUP_STORAGES, "s3-storage", "{spec: {deletionPolicy: WipeOut}}");
          run.delete(BACKUP_STORAGES, "s3-storage");
        }, run -> run.find(BACKUP_STORAGES, "s3-storage").isEmpty());
  }
}
