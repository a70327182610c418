package io.snapstash.controller.backupstorage;

import io.snapstash.api.BackupStorageStatus;
import io.snapstash.api.Phases;
import io.snapstash.api.Repository;
import io.snapstash.api.StoredRepository;
import io.snapstash.api.StoredRepositoryBuilder;
import io.snapstash.controller.Metadata;
import io.snapstash.engine.ResourceKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * {@code status.repositories}: what lies in a storage, and whether the cluster has all of it (storage-layout 6.2). An
 * entry that is not synced is work to do; because it stands in the status, a restart goes on with it and does not begin
 * with the others again.
 */
final class RepositoryList {
  private RepositoryList() {}

  /** Null if there is none. */
  static List<StoredRepository> of(BackupStorageFacts facts) {
    Map<ResourceKey, StoredRepository> before = new TreeMap<>();
    Optional.ofNullable(facts.storage().getStatus()).map(BackupStorageStatus::repositories).orElse(List.of())
        .forEach(entry -> before.put(StorageSynchroniser.key(entry), entry));
    Map<ResourceKey, StoredRepository> now = new TreeMap<>();
    before.forEach((key, entry) -> {
      if (Boolean.FALSE.equals(entry.synced())) {
        now.put(key, entry);
      }
    });
    facts.listed().forEach(entry -> now.put(StorageSynchroniser.key(entry),
        StoredRepositoryBuilder.builder(entry).synced(false).error(null).build()));
    for (Repository repository : facts.repositories()) {
      ResourceKey key = Metadata.key(repository);
      StoredRepository pending = now.remove(key);
      if (!Metadata.isDeleting(repository)) {
        now.put(key, living(repository, Optional.ofNullable(pending), Optional.ofNullable(before.get(key))));
      }
    }
    now.replaceAll((key, entry) -> known(entry, Optional.ofNullable(facts.sync().get(key))));
    return now.isEmpty() ? null : List.copyOf(now.values());
  }

  /** What is not known to be whole: to be synchronised as soon as its folder is initialised. */
  static List<StoredRepository> due(BackupStorageFacts facts, List<StoredRepository> list) {
    Set<ResourceKey> ready = facts.repositories().stream().filter(RepositoryList::isReady).map(Metadata::key)
        .collect(Collectors.toSet());
    return Optional.ofNullable(list).orElse(List.of()).stream()
        .filter(entry -> Boolean.FALSE.equals(entry.synced())
            || entry.synced() == null && ready.contains(StorageSynchroniser.key(entry))).toList();
  }

  private static StoredRepository living(
      Repository repository, Optional<StoredRepository> pending, Optional<StoredRepository> before) {
    Boolean synced = pending.isPresent() ? Boolean.FALSE
        : before.map(StoredRepository::synced).filter(Boolean.TRUE::equals).orElse(null);
    return new StoredRepository(repository.getMetadata().getName(), repository.getMetadata().getNamespace(),
        repository.getSpec().path(), repository.getStatus() == null ? null : repository.getStatus().size(), synced,
        pending.map(StoredRepository::error).orElse(null));
  }

  private static StoredRepository known(StoredRepository entry, Optional<SyncState> state) {
    if (Boolean.TRUE.equals(entry.synced())) {
      return entry;
    }
    StoredRepositoryBuilder next = StoredRepositoryBuilder.builder(entry);
    return switch (state.orElse(null)) {
      case null -> entry;
      case SyncState.Running(long seen) -> seen == 0 ? entry
          : next.synced(false).error("synchronising, " + seen + " Snapshot files so far").build();
      case SyncState.Done() -> next.synced(true).error(null).build();
      case SyncState.Failed(String error, var _) -> next.synced(false).error(error).build();
    };
  }

  private static boolean isReady(Repository repository) {
    return repository.getStatus() != null && Phases.READY.equals(repository.getStatus().phase());
  }
}
