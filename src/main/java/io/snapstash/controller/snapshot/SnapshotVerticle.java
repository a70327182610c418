package io.snapstash.controller.snapshot;

import io.snapstash.api.Snapshot;
import io.snapstash.api.SnapshotStatus;
import io.snapstash.controller.Decision;
import io.snapstash.controller.KindVerticle;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Operator;
import io.snapstash.engine.Reconciliation;
import io.snapstash.engine.Requeue;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.ResourceTypes;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Carries a Snapshot from its components to the catalogue, and out of it. */
public final class SnapshotVerticle extends KindVerticle<Snapshot> {
  private final SnapshotGatherer gatherer;

  public SnapshotVerticle(Operator operator) {
    super(operator, operator.caches().snapshots);
    this.gatherer = new SnapshotGatherer(operator);
  }

  @Override
  protected void listen() {
    wakeByVolumeJobs();
    whenGone(gatherer::forget);
    wake(operator.caches().repositories, repository ->
        Optional.ofNullable(repository.getStatus()).map(status -> status.recentSnapshots()).orElse(List.of()).stream()
            .map(line -> new ResourceKey(repository.getMetadata().getNamespace(), line.name())));
    wake(operator.caches().jobs, job -> Metadata.controller(job, "BackupSession").stream()
        .flatMap(run -> operator.caches().snapshotsByBackupSession
            .get(job.getMetadata().getNamespace() + "/" + run).stream())
        .filter(Metadata::isDeleting).map(Metadata::key));
  }

  @Override
  protected Future<Requeue> reconcile(Reconciliation run, Snapshot snapshot) {
    return gatherer.gather(snapshot, operator.time().now()).compose(facts -> {
      Decision<SnapshotStatus> decision = SnapshotRules.decide(facts);
      return operator.effects().perform(decision.effects())
          .compose(_ -> operator.statuses().write(
              run, ResourceTypes.SNAPSHOTS, snapshot, decision.status(), decision.reason()))
          .compose(_ -> operator.backends().written(snapshot, facts.access()))
          .map(decision.requeue());
    });
  }
}
