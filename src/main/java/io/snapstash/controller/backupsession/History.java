package io.snapstash.controller.backupsession;

import io.snapstash.api.BackupSession;
import io.snapstash.api.Phases;
import io.snapstash.api.Session;
import io.snapstash.controller.Effect;
import io.snapstash.controller.Metadata;
import io.snapstash.domain.phase.BackupSessionPhase;
import io.snapstash.kube.DeleteOptions;
import io.snapstash.kube.ResourceTypes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which completed runs of a session are forgotten when another ends (behaviour 7.3). Only the BackupSession goes, with
 * its Job; never a Snapshot.
 */
final class History {
  private History() {}

  /** @param phase that with which this run ends */
  static List<Effect> effects(BackupSessionFacts facts, String phase) {
    List<BackupSession> completed = new ArrayList<>(facts.siblings().stream()
        .filter(sibling -> !Metadata.isDeleting(sibling)
            && BackupSessionPhase.isCompleted(BackupSessionRules.phaseOf(sibling))).toList());
    completed.add(facts.session());
    completed.sort(Comparator.<BackupSession, String>comparing(run -> run.getMetadata().getCreationTimestamp())
        .thenComparing(run -> run.getMetadata().getName()).reversed());
    int limit = limit(facts);
    Optional<BackupSession> newestOfWorth = completed.stream().filter(run -> isOfWorth(run, facts, phase)).findFirst();
    return completed.stream().skip(Math.max(0, limit))
        .filter(run -> run != facts.session() && !Retries.isPending(run))
        .filter(run -> limit <= 0 || newestOfWorth.filter(kept -> kept == run).isEmpty())
        .map(History::deletion).toList();
  }

  /** A session without any history forgets the run itself, when nothing is left to do for it. */
  static boolean forgetsAll(BackupSessionFacts facts) {
    return limit(facts) <= 0 && facts.configured().isPresent();
  }

  static Effect deletion(BackupSession run) {
    return new Effect.Delete(ResourceTypes.BACKUP_SESSIONS, Metadata.key(run),
        DeleteOptions.exactly(run.getMetadata().getUid()));
  }

  private static boolean isOfWorth(BackupSession run, BackupSessionFacts facts, String phase) {
    String its = run == facts.session() ? phase : BackupSessionRules.phaseOf(run);
    return Phases.SUCCEEDED.equals(its) || Phases.FAILED.equals(its);
  }

  private static int limit(BackupSessionFacts facts) {
    return facts.configured().map(Session::sessionHistoryLimit).orElse(1);
  }
}
