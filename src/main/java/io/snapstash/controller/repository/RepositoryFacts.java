package io.snapstash.controller.repository;

import io.snapstash.api.BackupStorage;
import io.snapstash.api.Repository;
import io.snapstash.api.Snapshot;
import io.snapstash.controller.Access;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that the rules for a Repository look at.
 *
 * @param access what came of writing, or wiping, its folder
 */
record RepositoryFacts(Repository repository, Instant now, Optional<BackupStorage> storage, Access access,
    List<Snapshot> snapshots, Duration recheck) {
  RepositoryFacts {
    snapshots = List.copyOf(snapshots);
  }
}
