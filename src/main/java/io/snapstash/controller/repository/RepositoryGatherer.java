package io.snapstash.controller.repository;

import io.snapstash.api.BackupStorage;
import io.snapstash.api.Conditions;
import io.snapstash.api.Repository;
import io.snapstash.api.RepositoryStatus;
import io.snapstash.api.Snapshot;
import io.snapstash.controller.Access;
import io.snapstash.controller.Farewell;
import io.snapstash.domain.phase.ConditionSet;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Operator;
import io.snapstash.controller.References;
import io.snapstash.controller.StorageUse;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Reads what a pass over a Repository needs, and writes or wipes its folder when that is due. */
final class RepositoryGatherer {
  private final Operator operator;
  /** Repositories whose stored copy is behind because the last upload failed, by uid. */
  private final Set<String> behind = new HashSet<>();

  RepositoryGatherer(Operator operator) {
    this.operator = operator;
  }

  Future<RepositoryFacts> gather(Repository repository, Instant now) {
    Optional<BackupStorage> storage = operator.caches().storages.get(References.storageOf(repository));
    List<Snapshot> snapshots = operator.caches().snapshotsByRepository.get(Metadata.key(repository).toString());
    RepositoryFacts untried = new RepositoryFacts(repository, now, storage, new Access.Untried(), snapshots,
        operator.settings().storageRecheck());
    return access(untried).map(access -> new RepositoryFacts(
        repository, now, storage, access, snapshots, operator.settings().storageRecheck()));
  }

  private Future<Access> access(RepositoryFacts facts) {
    Repository repository = facts.repository();
    if (!Metadata.hasFinalizer(repository) || Boolean.TRUE.equals(repository.getSpec().paused())) {
      return untried();
    }
    Optional<String> refusal = facts.storage()
        .flatMap(storage -> StorageUse.refusal(operator.caches(), repository, storage));
    if (Metadata.isDeleting(repository)) {
      behind.remove(repository.getMetadata().getUid());
      return facts.snapshots().isEmpty() && RepositoryRules.isWipeOut(repository) && facts.storage().isPresent()
          ? refusal.map(RepositoryGatherer::refused)
              .orElseGet(() -> operator.backends().wipe(facts.storage().get(), repository))
              .map(access -> Farewell.from(operator.caches(), repository, access)) : untried();
    }
    if (facts.storage().isEmpty()) {
      return refused("BackupStorage " + References.storageOf(repository) + " not found");
    }
    if (refusal.isPresent()) {
      return refused(refusal.get());
    }
    if (!initialised(repository)) {
      return isReachable(facts.storage().get()) ? operator.backends().initialise(facts.storage().get(), repository)
          : refused("BackupStorage " + References.storageOf(repository) + " is not Ready");
    }
    return newBackup(facts) ? upload(facts) : untried();
  }

  /** The stored copy follows after a backup, not at every change (storage-layout 2.4). */
  private static boolean hasNewBackup(RepositoryFacts facts, RepositoryStatus summed) {
    Instant before = facts.repository().getStatus() == null ? null : facts.repository().getStatus().lastBackupTime();
    return !Objects.equals(before, summed.lastBackupTime());
  }

  private boolean newBackup(RepositoryFacts facts) {
    return behind.contains(facts.repository().getMetadata().getUid())
        || hasNewBackup(facts, RepositoryRules.summed(facts));
  }

  private Future<Access> upload(RepositoryFacts facts) {
    Repository copy = new Repository();
    copy.setMetadata(facts.repository().getMetadata());
    copy.setSpec(facts.repository().getSpec());
    copy.setStatus(RepositoryRules.summed(facts));
    return operator.backends().store(facts.storage().orElseThrow(), copy).map(access -> {
      String uid = facts.repository().getMetadata().getUid();
      if (access instanceof Access.Granted) {
        behind.remove(uid);
      } else {
        behind.add(uid);
      }
      return access;
    });
  }

  private static boolean initialised(Repository repository) {
    return ConditionSet.of(repository.getStatus() == null ? null : repository.getStatus().conditions())
        .isTrue(Conditions.REPOSITORY_INITIALIZED);
  }

  private static boolean isReachable(BackupStorage storage) {
    return ConditionSet.of(storage.getStatus() == null ? null : storage.getStatus().conditions())
        .isTrue(Conditions.BACKEND_INITIALIZED);
  }

  private static Future<Access> untried() {
    return Future.succeededFuture(new Access.Untried());
  }

  private static Future<Access> refused(String message) {
    return Future.succeededFuture(new Access.Refused(message, false));
  }
}
