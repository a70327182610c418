package io.snapstash.storage;

import io.snapstash.api.Snapshot;
import java.util.List;

/** A Snapshot file: the object as it was written, and its VolumeSnapshots, none if another product wrote it. */
public record StoredSnapshot(Snapshot snapshot, List<StoredVolumeSnapshot> volumeSnapshots) {
  public StoredSnapshot {
    volumeSnapshots = List.copyOf(volumeSnapshots);
  }
}
