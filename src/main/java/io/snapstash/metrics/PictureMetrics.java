package io.snapstash.metrics;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.picture.Inventory;
import io.snapstash.picture.Picture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What to be woken for: applications without a fresh backup, claims without any. */
public final class PictureMetrics {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private PictureMetrics() {}

  /** Objects that have been on their way out for longer than ten minutes: what they wait for is not being freed. */
  public static Family stuckDeletions(Inventory inventory, Instant now) {
    Family stuck = new Family("snapstash_stuck_deletions", Family.Type.GAUGE,
        "Objects that have been being deleted for longer than ten minutes.");
    Map.of("Snapshot", inventory.snapshots(), "Repository", inventory.repositories(), "BackupStorage",
        inventory.storages(), "BackupConfiguration", inventory.configurations(), "BackupSession", inventory.backups())
        .forEach((kind, objects) -> stuck.add(List.of("kind", kind), objects.stream()
            .filter(each -> isStuck(each, now)).count()));
    return stuck;
  }

  private static boolean isStuck(HasMetadata object, Instant now) {
    String since = object.getMetadata().getDeletionTimestamp();
    return since != null && Instant.parse(since).plus(PATIENCE).isBefore(now);
  }

  public static List<Family> of(Picture picture) {
    Family success = new Family("snapstash_application_last_success_timestamp_seconds", Family.Type.GAUGE,
        "When the last good backup of an application was cut, in seconds since 1970; 0 if there is none.");
    Family state = new Family("snapstash_application_protected", Family.Type.GAUGE,
        "1 if the last good backup of an application is as fresh as its schedule promises, else 0.");
    picture.applications().forEach(each -> {
      List<String> labels = List.of("kind", each.kind(), "namespace", each.namespace(), "name", each.name());
      success.add(labels, each.lastGood() == null ? 0 : each.lastGood().getEpochSecond());
      state.add(labels, each.state().equals("protected") ? 1 : 0);
    });
    Family failing = new Family("snapstash_failing_objects", Family.Type.GAUGE,
        "Objects that somebody has to look at, by kind.");
    Map<String, Integer> kinds = new TreeMap<>();
    picture.failures().forEach(each -> kinds.merge(each.kind(), 1, Integer::sum));
    List.of("BackupConfiguration", "BackupSession", "BackupStorage", "Repository", "RestoreSession")
        .forEach(kind -> failing.add(List.of("kind", kind), kinds.getOrDefault(kind, 0)));
    return List.of(success, state, failing,
        new Family("snapstash_claims_without_backup", Family.Type.GAUGE, "Claims that no good Snapshot holds.")
            .add(List.of(), picture.headline().openClaims()),
        new Family("snapstash_runs_under_way", Family.Type.GAUGE, "Backups and restores under way.")
            .add(List.of(), picture.headline().running()));
  }
}
