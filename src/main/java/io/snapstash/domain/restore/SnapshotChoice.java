package io.snapstash.domain.restore;

import io.snapstash.api.Phases;
import io.snapstash.api.PointInTime;
import io.snapstash.api.RestoreDataSource;
import io.snapstash.api.Snapshot;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Which Snapshot a data source means (behaviour 8.2). */
public final class SnapshotChoice {
  private static final String LATEST = "latest";

  private SnapshotChoice() {}

  /** @param candidates the Snapshots of the data source's namespace; empty result: none fits (yet) */
  public static Optional<Snapshot> of(RestoreDataSource source, Collection<Snapshot> candidates) {
    if (source.pitr() == null && !LATEST.equals(source.snapshot())) {
      return candidates.stream().filter(snapshot -> snapshot.getMetadata().getName().equals(source.snapshot()))
          .findFirst();
    }
    return candidates.stream()
        .filter(snapshot -> source.repository() != null && source.repository().equals(snapshot.getSpec().repository()))
        .filter(snapshot -> snapshot.getMetadata().getDeletionTimestamp() == null)
        .filter(snapshot -> snapshot.getStatus() != null && Phases.SUCCEEDED.equals(snapshot.getStatus().phase()))
        .filter(snapshot -> source.pitr() == null || isInTime(source.pitr(), timeOf(snapshot)))
        .max(Comparator.comparing(SnapshotChoice::timeOf)
            .thenComparing(snapshot -> snapshot.getMetadata().getCreationTimestamp())
            .thenComparing(snapshot -> String.valueOf(snapshot.getSpec().snapshotID())));
  }

  private static boolean isInTime(PointInTime wanted, Instant time) {
    return Boolean.TRUE.equals(wanted.exclusive())
        ? time.isBefore(wanted.targetTime()) : !time.isAfter(wanted.targetTime());
  }

  private static Instant timeOf(Snapshot snapshot) {
    return Optional.ofNullable(snapshot.getStatus()).map(status -> status.snapshotTime())
        .orElseGet(() -> Instant.parse(snapshot.getMetadata().getCreationTimestamp()));
  }
}
