package io.snapstash.domain.phase;

import static io.snapstash.api.Phases.FAILED;
import static io.snapstash.api.Phases.INVALID;
import static io.snapstash.api.Phases.PENDING;
import static io.snapstash.api.Phases.RUNNING;
import static io.snapstash.api.Phases.SUCCEEDED;
import static io.snapstash.api.Phases.UNKNOWN;

import io.snapstash.api.Conditions;
import io.snapstash.api.RestoreComponent;
import io.snapstash.api.RestoreSessionStatus;
import io.snapstash.domain.Absent;
import java.util.List;

/** Phase of a RestoreSession (behaviour 3.9, 3.10). */
public final class RestoreSessionPhase {
  private static final List<String> MUST_NOT_BE_FALSE = List.of(
      Conditions.PRE_RESTORE_HOOKS_SUCCEEDED,
      Conditions.POST_RESTORE_HOOKS_SUCCEEDED,
      Conditions.RESTORE_EXECUTOR_ENSURED);

  private RestoreSessionPhase() {}

  public static String ofComponents(RestoreSessionStatus status) {
    PhaseCount count = new PhaseCount(phases(status));
    int total = Absent.number(status.totalComponents());
    if (count.phases().isEmpty()) {
      return PENDING;
    }
    if (count.of(SUCCEEDED) == total) {
      return SUCCEEDED;
    }
    if (count.any(FAILED)) {
      return FAILED;
    }
    return count.of(SUCCEEDED) + count.of(UNKNOWN) == total ? UNKNOWN : RUNNING;
  }

  public static String of(RestoreSessionStatus status) {
    ConditionSet conditions = ConditionSet.of(status.conditions());
    if (conditions.isFalse(Conditions.METRICS_PUSHED)) {
      return FAILED;
    }
    if (conditions.isFalse(Conditions.VALIDATION_PASSED)) {
      return INVALID;
    }
    boolean pushed = conditions.isTrue(Conditions.METRICS_PUSHED);
    if (pushed && (MUST_NOT_BE_FALSE.stream().anyMatch(conditions::isFalse)
        || conditions.isTrue(Conditions.RESTORE_INCOMPLETE))) {
      return FAILED;
    }
    String components = ofComponents(status);
    if (components.equals(PENDING) || components.equals(UNKNOWN) || conditions.has(Conditions.METRICS_PUSHED)) {
      return components;
    }
    return RUNNING;
  }

  /** Succeeded or Failed; Unknown ends later, when its claims are bound (8.14). */
  public static boolean isCompleted(String phase) {
    return SUCCEEDED.equals(phase) || FAILED.equals(phase);
  }

  /** Whether a component is still to be reported or to end; Unknown counts as ended (3.10). */
  public static boolean hasUnfinishedComponents(RestoreSessionStatus status) {
    List<String> phases = phases(status);
    return phases.size() < Absent.number(status.totalComponents())
        || phases.stream().anyMatch(phase -> !isCompleted(phase) && !phase.equals(UNKNOWN));
  }

  private static List<String> phases(RestoreSessionStatus status) {
    return Absent.map(status.components()).values().stream()
        .map(RestoreComponent::phase).map(Absent::text).toList();
  }
}
