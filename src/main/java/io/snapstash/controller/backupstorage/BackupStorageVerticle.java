package io.snapstash.controller.backupstorage;

import io.snapstash.api.BackupStorage;
import io.snapstash.api.BackupStorageStatus;
import io.snapstash.api.Phases;
import io.snapstash.controller.Decision;
import io.snapstash.controller.KindVerticle;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Operator;
import io.snapstash.controller.References;
import io.snapstash.engine.Reconciliation;
import io.snapstash.engine.Requeue;
import io.snapstash.kube.ResourceTypes;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes a BackupStorage usable (behaviour 6.1, 10.3): Secret, bucket, metadata.yaml; and lists its Repositories. */
public final class BackupStorageVerticle extends KindVerticle<BackupStorage> {
  private final StorageSynchroniser synchroniser;
  private final BackupStorageGatherer gatherer;

  public BackupStorageVerticle(Operator operator) {
    super(operator, operator.caches().storages);
    this.synchroniser = new StorageSynchroniser(operator, key -> offer(key, "sync"));
    this.gatherer = new BackupStorageGatherer(operator, synchroniser);
  }

  @Override
  protected void listen() {
    operator.caches().storages.onChange((before, after) -> {
      boolean moved = before.isPresent() && after.map(now -> !now.getMetadata().getGeneration()
          .equals(before.get().getMetadata().getGeneration())).orElse(true);
      if (moved) {
        operator.caches().storages.all().stream().filter(BackupStorageVerticle::isNotReady)
            .forEach(storage -> offer(Metadata.key(storage), "BackupStorage"));
      }
    });
    wakeByVolumeJobs();
    wake(operator.caches().repositories, repository -> Stream.of(References.storageOf(repository)));
    wake(operator.caches().namespaces, namespace -> operator.caches().storages.all().stream()
        .filter(storage -> waitsFor(storage, namespace.getMetadata().getName()))
        .peek(synchroniser::hurry).map(Metadata::key));
  }

  /** It may have stood in the way of this one. */
  private static boolean isNotReady(BackupStorage storage) {
    return storage.getStatus() != null && Phases.NOT_READY.equals(storage.getStatus().phase());
  }

  @Override
  protected Future<Requeue> reconcile(Reconciliation run, BackupStorage storage) {
    return gatherer.gather(storage, operator.time().now()).compose(facts -> {
      Decision<BackupStorageStatus> decision = BackupStorageRules.decide(facts);
      return operator.effects().perform(decision.effects())
          .compose(_ -> operator.effects().perform(StorageNotices.of(storage, decision.status())))
          .compose(_ -> operator.statuses().write(
              run, ResourceTypes.BACKUP_STORAGES, storage, decision.status(), decision.reason()))
          .compose(_ -> operator.backends().written(storage, facts.access()))
          .map(_ -> {
            synchronise(facts, decision.status());
            return decision.requeue();
          });
    });
  }

  /** Only after the status says what is due: a crash in between then loses nothing. */
  private void synchronise(BackupStorageFacts facts, BackupStorageStatus status) {
    boolean usable = !Metadata.isDeleting(facts.storage()) && Phases.READY.equals(status.phase());
    synchroniser.ensure(facts.storage(), usable ? RepositoryList.due(facts, status.repositories()) : List.of());
  }

  private static boolean waitsFor(BackupStorage storage, String namespace) {
    return Optional.ofNullable(storage.getStatus()).map(BackupStorageStatus::repositories).orElse(List.of()).stream()
        .anyMatch(entry -> Boolean.FALSE.equals(entry.synced()) && namespace.equals(entry.namespace()));
  }
}
