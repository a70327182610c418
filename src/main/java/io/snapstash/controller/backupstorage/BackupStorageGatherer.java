package io.snapstash.controller.backupstorage;

import io.snapstash.api.BackupStorage;
import io.snapstash.api.Conditions;
import io.snapstash.api.Repository;
import io.snapstash.api.Snapshot;
import io.snapstash.controller.Access;
import io.snapstash.domain.phase.ConditionSet;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Operator;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reaches the backend when something asks for it: a storage that is new, changed, or not ready; or one that is to be
 * wiped. A settled storage is left in peace.
 */
final class BackupStorageGatherer {
  private final Operator operator;
  /** Generation that was found initialised, by uid. Lost on a restart, which then costs one look per storage. */
  private final Map<String, Long> initialised = new HashMap<>();

  BackupStorageGatherer(Operator operator) {
    this.operator = operator;
  }

  Future<BackupStorageFacts> gather(BackupStorage storage, Instant now) {
    List<Repository> repositories = operator.caches().repositoriesByStorage.get(Metadata.key(storage).toString());
    List<Snapshot> snapshots = repositories.stream()
        .flatMap(repository -> operator.caches().snapshotsByRepository.get(Metadata.key(repository).toString()).stream())
        .toList();
    return access(storage, repositories).map(access ->
        new BackupStorageFacts(storage, now, access, repositories, snapshots, operator.settings().storageRecheck(),
            operator.settings().localStorage()));
  }

  private Future<Access> access(BackupStorage storage, List<Repository> repositories) {
    if (!Metadata.hasFinalizer(storage)) {
      return Future.succeededFuture(new Access.Untried());
    }
    if (Metadata.isDeleting(storage)) {
      initialised.remove(storage.getMetadata().getUid());
      return repositories.isEmpty() && BackupStorageRules.WIPE_OUT.equals(storage.getSpec().deletionPolicy())
          ? operator.backends().wipe(storage) : Future.succeededFuture(new Access.Untried());
    }
    if (isInitialised(storage)) {
      return Future.succeededFuture(new Access.Untried());
    }
    return operator.backends().initialise(storage).map(access -> {
      if (access instanceof Access.Granted) {
        initialised.put(storage.getMetadata().getUid(), storage.getMetadata().getGeneration());
      }
      return access;
    });
  }

  private boolean isInitialised(BackupStorage storage) {
    return storage.getMetadata().getGeneration().equals(initialised.get(storage.getMetadata().getUid()))
        && ConditionSet.of(storage.getStatus() == null ? null : storage.getStatus().conditions())
            .isTrue(Conditions.BACKEND_INITIALIZED);
  }
}
