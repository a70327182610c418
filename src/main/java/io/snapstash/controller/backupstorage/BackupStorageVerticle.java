package io.snapstash.controller.backupstorage;

import io.snapstash.api.BackupStorage;
import io.snapstash.api.BackupStorageStatus;
import io.snapstash.controller.Decision;
import io.snapstash.controller.KindVerticle;
import io.snapstash.controller.Operator;
import io.snapstash.controller.References;
import io.snapstash.engine.Reconciliation;
import io.snapstash.engine.Requeue;
import io.snapstash.kube.ResourceTypes;
import io.vertx.core.Future;
import java.util.stream.Stream;

/** Makes a BackupStorage usable (behaviour 6.1, 10.3): Secret, bucket, metadata.yaml; and lists its Repositories. */
public final class BackupStorageVerticle extends KindVerticle<BackupStorage> {
  private final BackupStorageGatherer gatherer;

  public BackupStorageVerticle(Operator operator) {
    super(operator, operator.caches().storages);
    this.gatherer = new BackupStorageGatherer(operator);
  }

  @Override
  protected void listen() {
    wake(operator.caches().repositories, repository -> Stream.of(References.storageOf(repository)));
  }

  @Override
  protected Future<Requeue> reconcile(Reconciliation run, BackupStorage storage) {
    return gatherer.gather(storage, operator.time().now()).compose(facts -> {
      Decision<BackupStorageStatus> decision = BackupStorageRules.decide(facts);
      return operator.effects().perform(decision.effects())
          .compose(_ -> operator.statuses().write(
              run, ResourceTypes.BACKUP_STORAGES, storage, decision.status(), decision.reason()))
          .map(decision.requeue());
    });
  }
}
