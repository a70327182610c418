package io.snapstash.domain.phase;

import static io.snapstash.api.Phases.FAILED;
import static io.snapstash.api.Phases.PENDING;
import static io.snapstash.api.Phases.RUNNING;
import static io.snapstash.api.Phases.SKIPPED;
import static io.snapstash.api.Phases.SUCCEEDED;

import io.snapstash.api.BackupSessionStatus;
import io.snapstash.api.Conditions;
import io.snapstash.api.SnapshotSummary;
import io.snapstash.domain.Absent;
import java.util.List;

/**
 * Phase of a BackupSession (behaviour 3.7, 3.8). Nothing becomes Failed before the last step, except by that step
 * itself: a failed backup still has its hooks and its retention to go through.
 */
public final class BackupSessionPhase {
  static final String FAILED_TO_APPLY = "FailedToApply";
  private static final List<String> MUST_NOT_BE_FALSE = List.of(
      Conditions.BACKUP_EXECUTOR_ENSURED,
      Conditions.SNAPSHOTS_ENSURED,
      Conditions.PRE_BACKUP_HOOKS_SUCCEEDED,
      Conditions.POST_BACKUP_HOOKS_SUCCEEDED,
      Conditions.SESSION_HISTORY_CLEANED);

  private BackupSessionPhase() {}

  public static String ofSnapshots(List<SnapshotSummary> snapshots) {
    PhaseCount count = new PhaseCount(
        Absent.list(snapshots).stream().map(SnapshotSummary::phase).map(Absent::text).toList());
    if (count.all(PENDING)) {
      return PENDING;
    }
    if (count.of(SUCCEEDED) + count.of(FAILED) != count.phases().size()) {
      return RUNNING;
    }
    return count.any(FAILED) ? FAILED : SUCCEEDED;
  }

  public static String of(BackupSessionStatus status) {
    ConditionSet conditions = ConditionSet.of(status.conditions());
    if (conditions.isFalse(Conditions.METRICS_PUSHED)) {
      return FAILED;
    }
    if (conditions.isTrue(Conditions.BACKUP_SKIPPED)) {
      return SKIPPED;
    }
    if (conditions.isTrue(Conditions.METRICS_PUSHED) && hasFailedStep(status, conditions)) {
      return FAILED;
    }
    String snapshots = ofSnapshots(status.snapshots());
    return snapshots.equals(PENDING) || conditions.has(Conditions.METRICS_PUSHED) ? snapshots : RUNNING;
  }

  /** Also for verification sessions (3.12). */
  public static boolean isCompleted(String phase) {
    return SUCCEEDED.equals(phase) || FAILED.equals(phase) || SKIPPED.equals(phase);
  }

  private static boolean hasFailedStep(BackupSessionStatus status, ConditionSet conditions) {
    return MUST_NOT_BE_FALSE.stream().anyMatch(conditions::isFalse)
        || conditions.isTrue(Conditions.SNAPSHOT_CLEANUP_INCOMPLETE)
        || hasFailedRetention(status);
  }

  static boolean hasFailedRetention(BackupSessionStatus status) {
    return Absent.list(status.retentionPolicy()).stream().anyMatch(entry -> FAILED_TO_APPLY.equals(entry.phase()));
  }
}
