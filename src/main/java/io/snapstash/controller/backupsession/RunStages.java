package io.snapstash.controller.backupsession;

import io.snapstash.api.BackupSession;
import io.snapstash.api.BackupSessionStatus;
import io.snapstash.api.BackupSessionStatusBuilder;
import io.snapstash.api.Conditions;
import io.snapstash.api.Phases;
import io.snapstash.api.SnapshotSummary;
import io.snapstash.api.TypedObjectReference;
import io.snapstash.api.TypedLocalObjectReference;
import io.snapstash.controller.Components;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.SnapshotManifest;
import io.snapstash.controller.hook.HookConditions;
import io.snapstash.controller.hook.RunHooks;
import io.snapstash.domain.Absent;
import io.snapstash.domain.phase.SnapshotPhase;
import io.snapstash.domain.phase.Summary;
import io.snapstash.domain.unit.GoDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The hooks of a backup, with the Summary that they see (behaviour 3.13) and the conditions that tell of them. */
final class RunStages {
  static final HookConditions BEFORE = new HookConditions(Conditions.PRE_BACKUP_HOOKS_SUCCEEDED,
      Conditions.SUCCESSFULLY_EXECUTED_PRE_BACKUP_HOOKS, Conditions.FAILED_TO_EXECUTE_PRE_BACKUP_HOOKS);
  static final HookConditions AFTER = new HookConditions(Conditions.POST_BACKUP_HOOKS_SUCCEEDED,
      Conditions.SUCCESSFULLY_EXECUTED_POST_BACKUP_HOOKS, Conditions.FAILED_TO_EXECUTE_POST_BACKUP_HOOKS);

  private RunStages() {}

  static RunHooks.Step before(BackupSessionFacts facts) {
    return facts.hooks().before(RunHooks.soFarGood(summary(facts, status(facts))), BackupSessionRules.deadline(facts));
  }

  /** Brings to an end what has begun, for a run that is given up. */
  static RunHooks.Step settleBefore(BackupSessionFacts facts) {
    return facts.hooks().settleBefore(RunHooks.soFarGood(summary(facts, status(facts))),
        BackupSessionRules.deadline(facts));
  }

  static RunHooks.Step atCut(BackupSessionFacts facts) {
    return facts.hooks().atCut(RunHooks.soFarGood(summary(facts, status(facts))), BackupSessionRules.deadline(facts));
  }

  /** @param ended the status as it would be without hooks */
  static RunHooks.Step after(BackupSessionFacts facts, BackupSessionStatus ended) {
    return facts.hooks().after(summary(facts, ended));
  }

  private static Summary summary(BackupSessionFacts facts, BackupSessionStatus status) {
    BackupSession run = facts.session();
    TypedLocalObjectReference invoker = run.getSpec().invoker();
    BackupSessionStatus judged = BackupSessionStatusBuilder.builder(status).snapshots(judged(facts))
        .duration(GoDuration.wholeSeconds(Duration.between(
            Instant.parse(run.getMetadata().getCreationTimestamp()), facts.now()))).build();
    TypedObjectReference target = facts.target().orElse(null);
    return Summary.ofBackup(run.getMetadata().getName(), new Summary.Invoker(Absent.text(invoker.kind()),
        Absent.text(invoker.name()), run.getMetadata().getNamespace()), target, judged);
  }

  /** By its components alone: a Snapshot that has yet to be uploaded says nothing of them in its phase. */
  private static List<SnapshotSummary> judged(BackupSessionFacts facts) {
    return facts.snapshots().stream().filter(snapshot -> !Metadata.isDeleting(snapshot)).map(snapshot -> {
      SnapshotSummary summary = SnapshotManifest.summary(snapshot);
      boolean failed = Components.conditions(snapshot).isTrue(Conditions.BACKUP_INCOMPLETE)
          || snapshot.getStatus() != null && SnapshotPhase.hasFailedComponent(snapshot.getStatus());
      return failed ? new SnapshotSummary(summary.name(), summary.repository(), Phases.FAILED, summary.appRef()) : summary;
    }).toList();
  }

  private static BackupSessionStatus status(BackupSessionFacts facts) {
    return facts.session().getStatus() == null ? BackupSessionStatusBuilder.builder().build()
        : facts.session().getStatus();
  }
}
