package io.snapstash.controller.restoresession;

import io.snapstash.api.Conditions;
import io.snapstash.api.RestoreSession;
import io.snapstash.api.RestoreSessionStatus;
import io.snapstash.api.RestoreSessionStatusBuilder;
import io.snapstash.controller.hook.HookConditions;
import io.snapstash.controller.hook.RunHooks;
import io.snapstash.domain.phase.Summary;
import io.snapstash.domain.unit.GoDuration;
import java.time.Duration;
import java.time.Instant;

/** The hooks of a restore, with the Summary that they see (behaviour 3.13) and the conditions that tell of them. */
final class RestoreStages {
  static final HookConditions BEFORE = new HookConditions(Conditions.PRE_RESTORE_HOOKS_SUCCEEDED,
      Conditions.SUCCESSFULLY_EXECUTED_PRE_RESTORE_HOOKS, Conditions.FAILED_TO_EXECUTE_PRE_RESTORE_HOOKS);
  static final HookConditions AFTER = new HookConditions(Conditions.POST_RESTORE_HOOKS_SUCCEEDED,
      Conditions.SUCCESSFULLY_EXECUTED_POST_RESTORE_HOOKS, Conditions.FAILED_TO_EXECUTE_POST_RESTORE_HOOKS);

  private RestoreStages() {}

  static RunHooks.Step before(RestoreSessionFacts facts) {
    return facts.hooks().before(soFarGood(facts), RestoreSessionRules.deadline(facts));
  }

  static RunHooks.Step settleBefore(RestoreSessionFacts facts) {
    return facts.hooks().settleBefore(soFarGood(facts), RestoreSessionRules.deadline(facts));
  }

  /** @param ended the status as it would be without hooks */
  static RunHooks.Step after(RestoreSessionFacts facts, RestoreSessionStatus ended) {
    return facts.hooks().after(summary(facts, ended));
  }

  private static Summary soFarGood(RestoreSessionFacts facts) {
    return RunHooks.soFarGood(summary(facts, RestoreSessionRules.status(facts.restore())));
  }

  /** A target that is not there yet is told by a condition, and is no failure of the restore. */
  private static Summary summary(RestoreSessionFacts facts, RestoreSessionStatus status) {
    RestoreSession restore = facts.restore();
    RestoreSessionStatus judged = RestoreSessionStatusBuilder.builder(status)
        .conditions(RestoreSessionRules.conditions(status).without(Conditions.RESTORE_TARGET_FOUND).items())
        .duration(GoDuration.wholeSeconds(Duration.between(
            Instant.parse(restore.getMetadata().getCreationTimestamp()), facts.now()))).build();
    return Summary.ofRestore(restore.getMetadata().getName(), restore.getMetadata().getNamespace(),
        facts.summaryTarget().orElse(null), judged);
  }
}
