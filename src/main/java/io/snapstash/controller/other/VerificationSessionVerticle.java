package io.snapstash.controller.other;

import io.snapstash.api.BackupVerificationSession;
import io.snapstash.api.BackupVerificationSessionStatus;
import io.snapstash.api.BackupVerificationSessionStatusBuilder;
import io.snapstash.controller.Features;
import io.snapstash.controller.KindVerticle;
import io.snapstash.controller.Operator;
import io.snapstash.domain.phase.ConditionSet;
import io.snapstash.engine.Reconciliation;
import io.snapstash.engine.Requeue;
import io.snapstash.kube.ResourceTypes;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Says of every BackupVerificationSession that this version does not run it. */
public final class VerificationSessionVerticle extends KindVerticle<BackupVerificationSession> {
  public VerificationSessionVerticle(Operator operator) {
    super(operator, operator.caches().verificationSessions);
  }

  @Override
  protected void listen() {
    // Nothing else matters to an object that is not acted on.
  }

  @Override
  protected Future<Requeue> reconcile(Reconciliation run, BackupVerificationSession session) {
    BackupVerificationSessionStatus before = Optional.ofNullable(session.getStatus())
        .orElseGet(() -> BackupVerificationSessionStatusBuilder.builder().build());
    BackupVerificationSessionStatus status = BackupVerificationSessionStatusBuilder.builder(before)
        .conditions(Features.mark(ConditionSet.of(before.conditions()),
            List.of("BackupVerificationSession as a whole"), operator.time().now()).items()).build();
    return operator.statuses()
        .write(run, ResourceTypes.BACKUP_VERIFICATION_SESSIONS, session, status, "NotInThisVersion")
        .map(Requeue.settled());
  }
}
