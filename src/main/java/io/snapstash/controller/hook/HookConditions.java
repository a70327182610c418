package io.snapstash.controller.hook;

import io.snapstash.api.Condition;
import io.snapstash.domain.Absent;
import io.snapstash.domain.phase.ConditionSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The condition that tells how a stage of hooks went (behaviour 3.1); a run without hooks has none. */
public record HookConditions(String type, String succeeded, String failed) {
  private static final int MOST_FAULTS = 3;

  /** What went wrong is told as soon as it has; that all went well, in the end. */
  public ConditionSet tell(ConditionSet conditions, RunHooks.Step step, boolean any, Instant now) {
    if (!step.faults().isEmpty()) {
      List<String> told = new ArrayList<>(conditions.isFalse(type)
          ? List.of(conditions.find(type).map(Condition::message).map(Absent::text).orElse("")) : List.of());
      step.faults().stream().limit(MOST_FAULTS).forEach(told::add);
      return conditions.withFalse(type, failed, String.join("; ", told), now);
    }
    return any && step.over() && !step.failed() ? conditions.withTrue(type, succeeded, "", now) : conditions;
  }
}
