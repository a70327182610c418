package io.snapstash.picture;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.BackupSession;
import io.snapstash.api.BackupStorage;
import io.snapstash.api.Condition;
import io.snapstash.api.Conditions;
import io.snapstash.api.Repository;
import io.snapstash.api.RestoreSession;
import io.snapstash.api.Snapshot;
import io.snapstash.api.SnapshotComponent;
import io.snapstash.picture.Picture.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody has to look at: of each session of a configuration the last run if it failed, failed restores, and
 * whatever else is not Ready, each with the condition that says why.
 */
final class Failures {
  private final Map<String, List<Snapshot>> snapshotsByRun;
  private final List<Failure> all = new ArrayList<>();

  private Failures(Map<String, List<Snapshot>> snapshotsByRun) {
    this.snapshotsByRun = snapshotsByRun;
  }

  /** Newest first. */
  static List<Failure> of(Inventory inventory, Map<String, List<Snapshot>> snapshotsByRun) {
    Failures failures = new Failures(snapshotsByRun);
    inventory.storages().forEach(failures::storage);
    inventory.repositories().forEach(failures::repository);
    inventory.configurations().forEach(failures::configuration);
    lastOfEachSession(inventory.backups()).forEach(failures::backup);
    inventory.restores().forEach(failures::restore);
    return failures.all.stream().sorted(Comparator.comparing(Failure::since).reversed().thenComparing(Failure::id))
        .toList();
  }

  private static Collection<BackupSession> lastOfEachSession(Collection<BackupSession> runs) {
    Map<String, BackupSession> last = new HashMap<>();
    for (BackupSession run : runs) {
      if (Runs.hasEnded(run) && !"Skipped".equals(Runs.phase(run))) {
        last.merge(Runs.sessionKey(run), run,
            (one, other) -> Read.created(one).isBefore(Read.created(other)) ? other : one);
      }
    }
    return last.values();
  }

  private void storage(BackupStorage storage) {
    if (storage.getStatus() != null && "NotReady".equals(storage.getStatus().phase())) {
      add("BackupStorage", storage, failing(storage.getStatus().conditions()), Optional.empty());
    }
  }

  private void repository(Repository repository) {
    if (repository.getStatus() != null && "NotReady".equals(repository.getStatus().phase())) {
      add("Repository", repository, failing(repository.getStatus().conditions()), Optional.empty());
    }
  }

  private void configuration(BackupConfiguration configuration) {
    if (configuration.getStatus() != null && !"Ready".equals(configuration.getStatus().phase())) {
      List<Condition> conditions = new ArrayList<>(Read.list(configuration.getStatus().conditions()));
      Read.list(configuration.getStatus().sessions()).forEach(each -> conditions.addAll(Read.list(each.conditions())));
      add("BackupConfiguration", configuration, failing(conditions), Optional.empty());
    }
  }

  private void backup(BackupSession run) {
    if ("Failed".equals(Runs.phase(run))) {
      add("BackupSession", run, failing(run.getStatus().conditions()), ofSnapshots(run));
    }
  }

  /** The conditions of a run say that it failed; the components say why. */
  private Optional<String> ofSnapshots(BackupSession run) {
    return snapshotsByRun.getOrDefault(Read.key(run), List.of()).stream()
        .flatMap(snapshot -> Read.components(snapshot).values().stream()).map(SnapshotComponent::error)
        .filter(error -> error != null && !error.isEmpty()).findFirst();
  }

  private void restore(RestoreSession restore) {
    String phase = Runs.phase(restore);
    if ("Failed".equals(phase) || "Invalid".equals(phase)) {
      Optional<String> component = Optional.ofNullable(restore.getStatus().components()).orElse(Map.of()).values()
          .stream().map(each -> each.error()).filter(error -> error != null && !error.isEmpty()).findFirst();
      add("RestoreSession", restore, failing(restore.getStatus().conditions()), component);
    }
  }

  /** The first condition that is False, or True where that is the bad news. */
  static Optional<Condition> failing(List<Condition> conditions) {
    return Read.list(conditions).stream().filter(each -> Read.isFalse(each) || "True".equals(each.status())
        && (Conditions.BACKUP_INCOMPLETE.equals(each.type()) || Conditions.RESTORE_INCOMPLETE.equals(each.type())
        || Conditions.SNAPSHOT_CLEANUP_INCOMPLETE.equals(each.type()))).findFirst();
  }

  private void add(String kind, HasMetadata object, Optional<Condition> condition, Optional<String> cause) {
    String namespace = object.getMetadata().getNamespace();
    String name = object.getMetadata().getName();
    Instant since = condition.map(Condition::lastTransitionTime).orElseGet(() -> Read.created(object));
    String message = cause.or(() -> condition.map(Condition::message)).map(Read::brief).orElse(null);
    all.add(new Failure(kind + "/" + namespace + "/" + name, kind, namespace, name,
        condition.map(Condition::type).orElse(null), condition.map(Condition::reason).orElse(null), message, since,
        "kubectl -n " + namespace + " describe " + kind.toLowerCase(Locale.ROOT) + " " + name));
  }
}
