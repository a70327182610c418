package io.snapstash.controller;

import io.snapstash.api.BackupStorageStatus;
import io.snapstash.api.Repository;
import io.snapstash.api.StoredRepository;
import java.util.List;
import java.util.Optional;

/** Whether the cluster has all the Snapshots that lie in a Repository's folder (storage-layout 6.2). */
public final class Synced {
  private Synced() {}

  /** The entry of a Repository that is not whole yet; its error says why, if something is known. */
  public static Optional<StoredRepository> pending(Caches caches, Repository repository) {
    return caches.storages.get(References.storageOf(repository))
        .map(storage -> storage.getStatus()).map(BackupStorageStatus::repositories).orElse(List.of()).stream()
        .filter(entry -> Metadata.key(repository).name().equals(entry.name())
            && Metadata.key(repository).namespace().equals(entry.namespace()))
        .filter(entry -> !Boolean.TRUE.equals(entry.synced())).findFirst();
  }
}
