package io.snapstash.controller.backupsession;

import io.snapstash.api.BackupSessionStatus;
import io.snapstash.api.BackupSessionStatusBuilder;
import io.snapstash.api.Conditions;
import io.snapstash.controller.Decision;
import io.snapstash.controller.EffectFailure;
import io.snapstash.controller.Operator;
import io.snapstash.controller.retention.RunRetention;
import io.snapstash.domain.phase.BackupSessionPhase;
import io.snapstash.domain.phase.ConditionSet;
import io.snapstash.engine.Requeue;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/**
 * The steps between the work of a run and its last word (behaviour 6.6): retention, then history, then the plan for a
 * retry. What goes wrong in them stands in the status of the run, which then has failed; the backup itself is there.
 */
final class Closing {
  private static final Duration NEXT_ROUND = Duration.ofSeconds(1);

  private final Operator operator;
  private final RunRetention retention;

  Closing(Operator operator) {
    this.operator = operator;
    this.retention = new RunRetention(operator);
  }

  /** The decision as it is, unless it ends the run: then as it is after the steps. */
  Future<Decision<BackupSessionStatus>> complete(BackupSessionFacts facts, Decision<BackupSessionStatus> decision) {
    ConditionSet before = ConditionSet.of(
        facts.session().getStatus() == null ? null : facts.session().getStatus().conditions());
    ConditionSet after = ConditionSet.of(decision.status().conditions());
    if (before.has(Conditions.METRICS_PUSHED) || !after.has(Conditions.METRICS_PUSHED)) {
      return Future.succeededFuture(decision);
    }
    boolean skipped = after.isTrue(Conditions.BACKUP_SKIPPED);
    return (skipped ? Future.succeededFuture(new RunRetention.Round(List.of(), false)) : round(facts))
        .compose(round -> round.more() ? Future.succeededFuture(again(facts)) : history(facts,
            skipped ? decision.status() : retained(decision.status(), round, facts)).map(status -> ended(facts, status,
                decision)));
  }

  private Future<RunRetention.Round> round(BackupSessionFacts facts) {
    return facts.invoker().isEmpty() || facts.configured().isEmpty()
        ? Future.succeededFuture(new RunRetention.Round(List.of(), false))
        : retention.apply(facts.invoker().get(), facts.configured().get(), facts.now());
  }

  /** The status stays as it is, so the run has not ended, and the next pass goes on. */
  private static Decision<BackupSessionStatus> again(BackupSessionFacts facts) {
    BackupSessionStatus status = facts.session().getStatus() == null
        ? BackupSessionStatusBuilder.builder().build() : facts.session().getStatus();
    return new Decision<>(status, List.of(), Requeue.after(NEXT_ROUND), "Retention");
  }

  private static BackupSessionStatus retained(
      BackupSessionStatus status, RunRetention.Round round, BackupSessionFacts facts) {
    return round.results().isEmpty() ? status : BackupSessionStatusBuilder.builder(status)
        .retentionPolicy(round.results()).conditions(ConditionSet.of(status.conditions()).withTrue(
            Conditions.RETENTION_POLICY_EXECUTOR_ENSURED, Conditions.SUCCESSFULLY_ENSURED_RETENTION_POLICY_EXECUTOR, "",
            facts.now()).items()).build();
  }

  private Future<BackupSessionStatus> history(BackupSessionFacts facts, BackupSessionStatus status) {
    return operator.effects().perform(History.effects(facts, BackupSessionPhase.of(status)))
        .map(_ -> with(status, ConditionSet.of(status.conditions()).withTrue(Conditions.SESSION_HISTORY_CLEANED,
            Conditions.SUCCESSFULLY_CLEANED_SESSION_HISTORY, "", facts.now())))
        .recover(failure -> failure instanceof EffectFailure known && !known.retryHelps()
            ? Future.succeededFuture(with(status, ConditionSet.of(status.conditions()).withFalse(
                Conditions.SESSION_HISTORY_CLEANED, Conditions.FAILED_TO_CLEAN_SESSION_HISTORY, known.getMessage(),
                facts.now()))) : Future.failedFuture(failure));
  }

  private static BackupSessionStatus with(BackupSessionStatus status, ConditionSet conditions) {
    return BackupSessionStatusBuilder.builder(status).conditions(conditions.items()).build();
  }

  private static Decision<BackupSessionStatus> ended(
      BackupSessionFacts facts, BackupSessionStatus status, Decision<BackupSessionStatus> decision) {
    BackupSessionStatus phased =
        BackupSessionStatusBuilder.builder(status).phase(BackupSessionPhase.of(status)).build();
    return new Decision<>(Retries.planned(facts, phased, decision.status().phase()), List.of(), decision.requeue(), decision.reason());
  }
}
