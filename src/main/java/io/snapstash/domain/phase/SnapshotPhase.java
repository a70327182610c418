package io.snapstash.domain.phase;

import static io.snapstash.api.Phases.FAILED;
import static io.snapstash.api.Phases.PENDING;
import static io.snapstash.api.Phases.RUNNING;
import static io.snapstash.api.Phases.SUCCEEDED;

import io.snapstash.api.Conditions;
import io.snapstash.api.SnapshotComponent;
import io.snapstash.api.SnapshotStatus;
import io.snapstash.domain.Absent;
import java.util.Collection;
import java.util.List;

/** Phase of a Snapshot (behaviour 3.4, 3.5). */
public final class SnapshotPhase {
  private SnapshotPhase() {}

  public static String ofComponents(SnapshotStatus status) {
    PhaseCount count = new PhaseCount(phases(status));
    int total = Absent.number(status.totalComponents());
    int succeeded = count.of(SUCCEEDED);
    if (count.phases().isEmpty()) {
      return PENDING;
    }
    if (succeeded == total) {
      return SUCCEEDED;
    }
    return count.any(FAILED) ? FAILED : RUNNING;
  }

  public static String of(SnapshotStatus status) {
    ConditionSet conditions = ConditionSet.of(status.conditions());
    if (conditions.isFalse(Conditions.SNAPSHOT_METADATA_UPLOADED)
        || conditions.isFalse(Conditions.RECENT_SNAPSHOT_LIST_UPDATED)
        || conditions.isTrue(Conditions.BACKUP_INCOMPLETE)) {
      return FAILED;
    }
    String components = ofComponents(status);
    if (components.equals(PENDING) || conditions.has(Conditions.SNAPSHOT_METADATA_UPLOADED)) {
      return components;
    }
    return RUNNING;
  }

  public static boolean isCompleted(String phase) {
    return SUCCEEDED.equals(phase) || FAILED.equals(phase);
  }

  /** Whether a component is still to be reported or to end; the steps after the Job wait for that (3.10). */
  public static boolean hasUnfinishedComponents(SnapshotStatus status) {
    Collection<String> phases = phases(status);
    return phases.size() < Absent.number(status.totalComponents())
        || phases.stream().anyMatch(phase -> !isCompleted(phase));
  }

  /** Whether the backup has failed in part, even while the rest is still to end. */
  public static boolean hasFailedComponent(SnapshotStatus status) {
    return phases(status).contains(FAILED);
  }

  private static List<String> phases(SnapshotStatus status) {
    return Absent.map(status.components()).values().stream()
        .map(SnapshotComponent::phase).map(Absent::text).toList();
  }
}
