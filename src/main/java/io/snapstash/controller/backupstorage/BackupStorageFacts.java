package io.snapstash.controller.backupstorage;

import io.snapstash.api.BackupStorage;
import io.snapstash.api.Repository;
import io.snapstash.api.Snapshot;
import io.snapstash.controller.Access;
import io.snapstash.engine.ResourceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that the rules for a BackupStorage look at.
 *
 * @param access what came of reaching and initialising, or wiping, the backend
 * @param repositories those that lie in it
 * @param snapshots those of these Repositories
 * @param localFolder whether local backends are kept in a folder of this process
 * @param neighbour another BackupStorage whose files may lie among those of this one
 * @param recheck how often a storage that is not ready is tried again
 */
record BackupStorageFacts(BackupStorage storage, Instant now, Access access, List<Repository> repositories,
    List<Snapshot> snapshots, Optional<ResourceKey> neighbour, Duration recheck, boolean localFolder) {
  BackupStorageFacts {
    repositories = List.copyOf(repositories);
    snapshots = List.copyOf(snapshots);
  }
}
