package io.snapstash.controller.backupstorage;

import io.snapstash.api.BackupStorage;
import io.snapstash.api.Repository;
import io.snapstash.api.StoredRepository;
import io.snapstash.controller.Access;
import io.snapstash.engine.ResourceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that the rules for a BackupStorage look at.
 *
 * @param access what came of reaching and initialising, or wiping, the backend
 * @param repositories those that lie in it
 * @param neighbour another BackupStorage whose files may lie among those of this one
 * @param listed what metadata.yaml lists, if it was read for a storage that is new or has moved
 * @param sync where synchronisations stand
 * @param recheck how often a storage that is not ready is tried again
 */
record BackupStorageFacts(BackupStorage storage, Instant now, Access access, List<Repository> repositories,
    Optional<ResourceKey> neighbour, List<StoredRepository> listed, Map<ResourceKey, SyncState> sync,
    Duration recheck) {
  BackupStorageFacts {
    repositories = List.copyOf(repositories);
    listed = List.copyOf(listed);
    sync = Map.copyOf(sync);
  }
}
