package io.snapstash.controller.backupsession;

import io.snapstash.api.BackupSession;
import io.snapstash.api.BackupSessionStatus;
import io.snapstash.api.Conditions;
import io.snapstash.api.Labels;
import io.snapstash.controller.Decision;
import io.snapstash.controller.Effect;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Operator;
import io.snapstash.domain.naming.Names;
import io.snapstash.domain.phase.BackupSessionPhase;
import io.snapstash.domain.phase.ConditionSet;
import io.snapstash.domain.turn.Cut;
import io.snapstash.domain.turn.Turns;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.ResourceTypes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Lets no more runs begin than may be under way at once. What is under way is known from the objects themselves. */
final class RunTurns {
  private final Operator operator;
  private final Turns turns;

  RunTurns(Operator operator) {
    this.operator = operator;
    this.turns = new Turns(operator.settings().limits());
  }

  /** The decision, or, if it would begin a run whose turn has not come, the one to wait. */
  Decision<BackupSessionStatus> held(BackupSessionFacts facts, Decision<BackupSessionStatus> decision) {
    if (!(facts.preparation().orElse(null) instanceof Preparation.Ready ready) || decision.effects().stream()
        .noneMatch(RunTurns::begins) || BackupSessionRules.isOverdue(facts)) {
      return decision;
    }
    BackupSession run = facts.session();
    return turns.ask(id(run), run.getMetadata().getNamespace(),
            Instant.parse(run.getMetadata().getCreationTimestamp()), ready.cuts())
        .map(why -> BackupSessionRules.waitForTurn(facts, why)).orElse(decision);
  }

  private static boolean begins(Effect effect) {
    return effect instanceof Effect.Create create
        && (create.type() == ResourceTypes.SNAPSHOTS || create.type() == ResourceTypes.JOBS);
  }

  /** Learns of a run that has ended, and tells which may begin by that. */
  Stream<ResourceKey> changed(Optional<BackupSession> before, Optional<BackupSession> after) {
    return after.filter(run -> !hasEnded(run)).isPresent() ? Stream.empty()
        : after.or(() -> before).stream().flatMap(run -> turns.release(id(run)).stream()).map(RunTurns::key);
  }

  /** Finds out what is under way. */
  void recall() {
    turns.clear();
    operator.caches().backupSessions.all().stream().filter(run -> !hasEnded(run) && hasBegun(run))
        .forEach(run -> turns.hold(id(run), cuts(run)));
  }

  private List<Cut> cuts(BackupSession run) {
    return operator.caches().jobs.get(new ResourceKey(run.getMetadata().getNamespace(),
            Names.backupJob(run.getMetadata().getName())))
        .map(job -> Cut.read(Metadata.annotation(job, Labels.CUTS))).orElse(List.of());
  }

  private static boolean hasBegun(BackupSession run) {
    ConditionSet conditions = ConditionSet.of(run.getStatus() == null ? null : run.getStatus().conditions());
    return conditions.isTrue(Conditions.SNAPSHOTS_ENSURED) || conditions.isTrue(Conditions.BACKUP_EXECUTOR_ENSURED);
  }

  private static boolean hasEnded(BackupSession run) {
    return BackupSessionPhase.isCompleted(BackupSessionRules.phaseOf(run));
  }

  private static String id(BackupSession run) {
    return Metadata.key(run).toString();
  }

  private static ResourceKey key(String id) {
    int slash = id.indexOf('/');
    return new ResourceKey(id.substring(0, slash), id.substring(slash + 1));
  }
}
