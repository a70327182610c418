package io.snapstash.controller.snapshot;

import io.snapstash.api.BackupStorage;
import io.snapstash.api.Repository;
import io.snapstash.api.Snapshot;
import io.snapstash.controller.Access;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that the rules for a Snapshot look at.
 *
 * @param access what came of uploading, or removing, its file
 * @param attempts uploads that have failed in a row, this one included
 * @param data what its VolumeSnapshots are to us, asked only when they are to go
 */
record SnapshotFacts(Snapshot snapshot, Instant now, Optional<Repository> repository, Optional<BackupStorage> storage,
    Access access, int attempts, List<Held> data) {
  SnapshotFacts {
    data = List.copyOf(data);
  }
}
