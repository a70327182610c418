package io.snapstash.controller.other;

import io.snapstash.api.BackupBatch;
import io.snapstash.api.BackupBatchStatus;
import io.snapstash.api.BackupBatchStatusBuilder;
import io.snapstash.api.Phases;
import io.snapstash.controller.Features;
import io.snapstash.controller.KindVerticle;
import io.snapstash.controller.Operator;
import io.snapstash.domain.feature.UnavailableFeatures;
import io.snapstash.domain.phase.ConditionSet;
import io.snapstash.engine.Reconciliation;
import io.snapstash.engine.Requeue;
import io.snapstash.kube.ResourceTypes;
import io.vertx.core.Future;
import java.util.Optional;

/** Says of every BackupBatch that this version does not run it (behaviour 14.1). */
public final class BackupBatchVerticle extends KindVerticle<BackupBatch> {
  public BackupBatchVerticle(Operator operator) {
    super(operator, operator.caches().batches);
  }

  @Override
  protected void listen() {
    // Nothing else matters to an object that is not acted on.
  }

  @Override
  protected Future<Requeue> reconcile(Reconciliation run, BackupBatch batch) {
    BackupBatchStatus before = Optional.ofNullable(batch.getStatus())
        .orElseGet(() -> BackupBatchStatusBuilder.builder().build());
    BackupBatchStatus status = BackupBatchStatusBuilder.builder(before).phase(Phases.NOT_READY)
        .conditions(Features.mark(ConditionSet.of(before.conditions()), UnavailableFeatures.of(batch.getSpec()),
            operator.time().now()).items()).build();
    return operator.statuses().write(run, ResourceTypes.BACKUP_BATCHES, batch, status, "NotInThisVersion")
        .map(Requeue.settled());
  }
}
