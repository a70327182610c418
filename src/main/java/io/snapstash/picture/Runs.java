package io.snapstash.picture;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.api.BackupSession;
import io.snapstash.api.Condition;
import io.snapstash.api.Conditions;
import io.snapstash.api.Phases;
import io.snapstash.api.RestoreComponent;
import io.snapstash.api.RestoreSession;
import io.snapstash.api.Snapshot;
import io.snapstash.api.SnapshotComponent;
import io.snapstash.domain.target.ComponentNames;
import io.snapstash.picture.Picture.Part;
import io.snapstash.picture.Picture.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Backups and restores under way, oldest first. */
final class Runs {
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed", "Skipped", "Invalid", "Unknown");

  private final Inventory inventory;
  private final Map<String, List<Snapshot>> snapshotsByRun;

  private Runs(Inventory inventory, Map<String, List<Snapshot>> snapshotsByRun) {
    this.inventory = inventory;
    this.snapshotsByRun = snapshotsByRun;
  }

  static List<Run> of(Inventory inventory, Map<String, List<Snapshot>> snapshotsByRun) {
    Runs runs = new Runs(inventory, snapshotsByRun);
    return Stream.concat(
        inventory.backups().stream().filter(run -> !hasEnded(run)).map(runs::backup),
        inventory.restores().stream().filter(run -> !ENDED.contains(phase(run))).map(runs::restore))
        .sorted(Comparator.comparing(Run::since).thenComparing(Run::id)).toList();
  }

  static String phase(BackupSession run) {
    return run.getStatus() == null || run.getStatus().phase() == null ? "Pending" : run.getStatus().phase();
  }

  static String phase(RestoreSession run) {
    return run.getStatus() == null || run.getStatus().phase() == null ? "Pending" : run.getStatus().phase();
  }

  static boolean hasEnded(BackupSession run) {
    return ENDED.contains(phase(run));
  }

  /** Runs of one session of one invoker have it in common. */
  static String sessionKey(BackupSession run) {
    return invoker(run) + "/" + (run.getSpec() == null ? "" : run.getSpec().session());
  }

  static String invoker(BackupSession run) {
    return run.getMetadata().getNamespace() + "/" + (run.getSpec() == null || run.getSpec().invoker() == null ? ""
        : run.getSpec().invoker().name());
  }

  /** The Snapshots of a run hold the same VolumeSnapshots; where they differ, the slowest counts. */
  private Run backup(BackupSession run) {
    Map<String, Part> parts = waiting(run);
    List<Snapshot> snapshots = snapshotsByRun.getOrDefault(Read.key(run), List.of());
    for (Snapshot snapshot : snapshots) {
      Read.components(snapshot).forEach((name, component) -> parts.merge(name, part(run, name, component),
          (one, other) -> Phases.PENDING.equals(one.phase()) || other.done() <= one.done() ? other : one));
    }
    String application = snapshots.stream().filter(each -> each.getSpec() != null)
        .flatMap(each -> Read.target(each.getSpec().appRef(), each).stream()).findFirst().map(Read::id)
        .or(() -> applicationOf(invoker(run))).orElse(null);
    return run("BackupSession", run, application, phase(run),
        Optional.ofNullable(run.getStatus()).map(status -> status.backupDeadline()).orElse(null), parts,
        Optional.ofNullable(run.getStatus()).map(status -> status.conditions()).orElse(List.of()));
  }

  private Optional<String> applicationOf(String configuration) {
    return inventory.configurations().stream().filter(each -> Read.key(each).equals(configuration))
        .filter(each -> each.getSpec() != null).flatMap(each -> Read.target(each.getSpec().target(), each).stream())
        .findFirst().map(Read::id);
  }

  /** The components that the Job was told of, none of them begun. */
  private Map<String, Part> waiting(HasMetadata run) {
    Map<String, Part> parts = new TreeMap<>(ComponentNames.NATURAL);
    inventory.work().componentsOf(run.getMetadata().getUid()).forEach((name, claims) ->
        parts.put(name, new Part(name, Phases.PENDING, 0, claims.size(), null)));
    return parts;
  }

  private Part part(BackupSession run, String name, SnapshotComponent component) {
    int ready = Math.max((int) Read.volumes(component).count(), done(run, name));
    return part(run, name, component.phase(), ready, component.error());
  }

  private Part part(HasMetadata run, String name, String phase, int ready, String error) {
    int asked = inventory.work().componentsOf(run.getMetadata().getUid()).getOrDefault(name, Set.of()).size();
    int total = Math.max(1, Math.max(ready, asked));
    return new Part(name, phase == null ? Phases.PENDING : phase, Phases.SUCCEEDED.equals(phase) ? total : ready, total,
        Read.brief(error));
  }

  private int done(HasMetadata run, String component) {
    return inventory.work().done(run.getMetadata().getUid(), component);
  }

  private Run restore(RestoreSession run) {
    Map<String, Part> parts = waiting(run);
    Map<String, RestoreComponent> components =
        Optional.ofNullable(run.getStatus()).map(status -> status.components()).orElse(Map.of());
    components.forEach((name, component) ->
        parts.put(name, part(run, name, component.phase(), done(run, name), component.error())));
    String application = run.getSpec() == null ? null
        : Read.target(run.getSpec().target(), run).map(Read::id).orElse(null);
    return run("RestoreSession", run, application, phase(run),
        Optional.ofNullable(run.getStatus()).map(status -> status.restoreDeadline()).orElse(null), parts,
        Optional.ofNullable(run.getStatus()).map(status -> status.conditions()).orElse(List.of()));
  }

  private static Run run(String kind, HasMetadata run, String application, String phase,
      Instant deadline, Map<String, Part> parts, List<Condition> conditions) {
    List<Part> list = new ArrayList<>(parts.values());
    int total = Math.max(1, list.stream().mapToInt(Part::total).sum());
    int done = list.stream().mapToInt(Part::done).sum();
    return new Run(kind + "/" + Read.key(run), kind, run.getMetadata().getNamespace(), run.getMetadata().getName(),
        application, phase, Read.created(run), deadline, done, total, list, doing(conditions));
  }

  private static String doing(List<Condition> conditions) {
    return conditions.stream()
        .filter(each -> Conditions.POD_PENDING_TOO_LONG.equals(each.type()) && "True".equals(each.status())
            || Read.isFalse(each))
        .map(each -> each.message() == null ? each.reason() : each.message()).findFirst().map(Read::brief).orElse(null);
  }
}
