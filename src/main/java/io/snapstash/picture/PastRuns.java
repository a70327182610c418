package io.snapstash.picture;

import io.snapstash.api.Snapshot;
import io.snapstash.api.SnapshotComponent;
import io.snapstash.picture.Picture.Cell;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Runs whose BackupSession the history has given up; by default all but the last of a session (behaviour 7.3). Their
 * Snapshots still tell how they ended.
 */
final class PastRuns {
  private static final Set<String> ENDED = Set.of(Read.SUCCEEDED, Read.FAILED);

  private PastRuns() {}

  /** By the id of the application. */
  static Map<String, List<Cell>> of(Inventory inventory, Map<String, List<Snapshot>> snapshotsByRun) {
    Set<String> present = inventory.backups().stream().map(Read::key).collect(Collectors.toSet());
    Map<String, List<Cell>> past = new HashMap<>();
    snapshotsByRun.forEach((run, snapshots) -> {
      boolean known = !present.contains(run) && snapshots.stream().allMatch(each -> ENDED.contains(Read.phase(each)));
      Optional<Snapshot> first = snapshots.stream().filter(each -> known && each.getSpec() != null).findFirst();
      first.flatMap(each -> Read.target(each.getSpec().appRef(), each)).ifPresent(target ->
          past.computeIfAbsent(Read.id(target), _ -> new ArrayList<>()).add(cell(first.get(), snapshots)));
    });
    return past;
  }

  private static Cell cell(Snapshot first, Collection<Snapshot> snapshots) {
    boolean failed = snapshots.stream().anyMatch(each -> Read.FAILED.equals(Read.phase(each)));
    Instant at = snapshots.stream().map(Read::cut).min(Comparator.naturalOrder()).orElseThrow();
    String error = snapshots.stream().flatMap(each -> Read.components(each).values().stream())
        .map(SnapshotComponent::error).filter(Objects::nonNull).findFirst().map(Read::brief).orElse(null);
    return new Cell(first.getSpec().backupSession(), Read.text(first.getSpec().session()),
        failed ? Read.FAILED : Read.SUCCEEDED, at, null, error);
  }
}
