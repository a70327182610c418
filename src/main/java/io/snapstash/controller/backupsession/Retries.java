package io.snapstash.controller.backupsession;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.BackupSession;
import io.snapstash.api.BackupSessionStatus;
import io.snapstash.api.BackupSessionStatusBuilder;
import io.snapstash.api.Phases;
import io.snapstash.api.RetryConfig;
import io.snapstash.api.Session;
import io.snapstash.controller.BackupSessionManifest;
import io.snapstash.controller.Decision;
import io.snapstash.controller.Effect;
import io.snapstash.controller.Proof;
import io.snapstash.domain.naming.Names;
import io.snapstash.domain.unit.GoDuration;
import io.snapstash.engine.Requeue;
import io.snapstash.kube.ResourceTypes;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * A failed run is repeated once, by another run that may fail once less (behaviour 7.4). The time of the repetition is
 * in the status before it comes, and with it the name, so that no crash makes two.
 */
final class Retries {
  private Retries() {}

  /**
   * Notes when the run will be repeated, if it is to be.
   *
   * @param backup what became of the backup itself: a retention that could not be applied would not be mended by more
   *     Snapshots
   */
  static BackupSessionStatus planned(BackupSessionFacts facts, BackupSessionStatus ended, String backup) {
    Optional<RetryConfig> config = facts.configured().map(Session::retryConfig);
    Integer left = facts.session().getSpec().retryLeft();
    if (!Phases.FAILED.equals(backup) || config.isEmpty() || left == null || left <= 0) {
      return ended;
    }
    Duration delay = Optional.ofNullable(config.get().delay()).flatMap(GoDuration::parse).orElse(Duration.ZERO);
    return BackupSessionStatusBuilder.builder(ended).retried(false)
        .nextRetry(facts.now().plus(delay).truncatedTo(ChronoUnit.SECONDS)).build();
  }

  static boolean isPending(BackupSession run) {
    return run.getStatus() != null && run.getStatus().nextRetry() != null
        && !Boolean.TRUE.equals(run.getStatus().retried());
  }

  /** What is left to do for a run that has failed; empty if nothing is. */
  static Optional<Decision<BackupSessionStatus>> next(BackupSessionFacts facts) {
    if (!isPending(facts.session()) || facts.invoker().isEmpty() || facts.configured().isEmpty()) {
      return Optional.empty();
    }
    BackupSessionStatus status = facts.session().getStatus();
    Instant due = status.nextRetry();
    if (facts.now().isBefore(due)) {
      return Optional.of(new Decision<>(status, List.of(), Requeue.after(Duration.between(facts.now(), due)),
          "AwaitingRetry"));
    }
    return Optional.of(new Decision<>(BackupSessionStatusBuilder.builder(status).retried(true).build(),
        List.of(repetition(facts, facts.invoker().get(), facts.configured().get(), due)), Requeue.settled(),
        "Retried"));
  }

  private static Effect repetition(
      BackupSessionFacts facts, BackupConfiguration invoker, Session session, Instant due) {
    ObjectNode run = BackupSessionManifest.of(invoker, session,
        Names.backupSession(invoker.getMetadata().getName(), session.name(), due), "retry");
    run.withObject("/spec").put("retryLeft", facts.session().getSpec().retryLeft() - 1);
    return new Effect.Create(ResourceTypes.BACKUP_SESSIONS, invoker.getMetadata().getNamespace(), run,
        new Proof.ControlledBy(invoker.getMetadata().getUid()));
  }
}
