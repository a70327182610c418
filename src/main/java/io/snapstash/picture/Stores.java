package io.snapstash.picture;

import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.BackupStorage;
import io.snapstash.api.Repository;
import io.snapstash.api.Snapshot;
import io.snapstash.api.StorageBackend;
import io.snapstash.picture.Picture.Point;
import io.snapstash.picture.Picture.Storage;
import io.snapstash.picture.Picture.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Where backups lie: Repositories with their Snapshots in order of time, and BackupStorages. */
final class Stores {
  /** So many of each Repository are listed while these are few; with many, fewer of each. */
  private static final int NEWEST = 24;
  private static final int LEAST = 6;
  private static final int MOST_POINTS = 1500;
  private static final int NEXT_TO_GO = 6;

  private Stores() {}

  /** The first by their names, so many at most. */
  static List<Store> repositories(Inventory inventory, Fates fates, Instant now, int most) {
    Map<String, List<Snapshot>> byRepository = new HashMap<>();
    for (Snapshot snapshot : inventory.snapshots()) {
      if (snapshot.getSpec() != null) {
        byRepository.computeIfAbsent(snapshot.getMetadata().getNamespace() + "/" + snapshot.getSpec().repository(),
            _ -> new ArrayList<>()).add(snapshot);
      }
    }
    Map<String, List<BackupConfiguration>> users = users(inventory);
    return inventory.repositories().stream().sorted(Comparator.comparing(Read::key)).limit(most)
        .map(each -> store(each, users.getOrDefault(Read.key(each), List.of()),
            byRepository.getOrDefault(Read.key(each), List.of()), inventory, fates, now,
            Math.clamp(MOST_POINTS / Math.max(1, inventory.repositories().size()), LEAST, NEWEST)))
        .toList();
  }

  /** The BackupConfigurations that name a Repository, by its key. */
  private static Map<String, List<BackupConfiguration>> users(Inventory inventory) {
    Map<String, List<BackupConfiguration>> users = new HashMap<>();
    for (BackupConfiguration configuration : inventory.configurations()) {
      Stream.ofNullable(configuration.getSpec()).flatMap(spec -> Read.list(spec.sessions()).stream())
          .flatMap(session -> Read.list(session.repositories()).stream())
          .map(each -> configuration.getMetadata().getNamespace() + "/" + each.name()).distinct()
          .forEach(key -> users.computeIfAbsent(key, _ -> new ArrayList<>()).add(configuration));
    }
    return users;
  }

  private static Store store(Repository repository, List<BackupConfiguration> users, List<Snapshot> snapshots,
      Inventory inventory, Fates fates, Instant now, int newest) {
    List<Snapshot> ordered = snapshots.stream()
        .sorted(Comparator.comparing(Read::cut).thenComparing(Read::key)).toList();
    Fates.Verdict verdict = fates.of(repository, users, ordered, inventory, now);
    return new Store(Read.key(repository), repository.getMetadata().getNamespace(), repository.getMetadata().getName(),
        repository.getSpec() == null ? null : Read.target(repository.getSpec().appRef(), repository).map(Read::id)
            .orElse(null), storageOf(repository), repository.getStatus() == null ? "NotReady"
            : repository.getStatus().phase(), repository.getStatus() == null ? null : repository.getStatus().size(),
        count(ordered, "Succeeded"), count(ordered, "Failed"), count(ordered, "Running") + count(ordered, "Pending"),
        ordered.isEmpty() ? null : Read.cut(ordered.getFirst()), verdict.policy().isEmpty() ? null : verdict.policy(),
        shown(ordered, verdict, newest).stream().map(each -> point(each, verdict)).toList());
  }

  /** The newest, and of the older ones those that go next. */
  private static List<Snapshot> shown(List<Snapshot> ordered, Fates.Verdict verdict, int newest) {
    int from = Math.max(0, ordered.size() - newest);
    Stream<Snapshot> going = ordered.subList(0, from).stream()
        .filter(each -> verdict.fates().getOrDefault(each.getMetadata().getName(), Fates.UNDECIDED).goes())
        .limit(NEXT_TO_GO);
    return Stream.concat(going, ordered.subList(from, ordered.size()).stream()).toList();
  }

  private static Point point(Snapshot snapshot, Fates.Verdict verdict) {
    Fates.Fate fate = verdict.fates().getOrDefault(snapshot.getMetadata().getName(), Fates.UNDECIDED);
    return new Point(snapshot.getMetadata().getName(), Read.phase(snapshot), Read.cut(snapshot),
        snapshot.getStatus() == null ? null : snapshot.getStatus().size(),
        fate.decided() ? fate.goes() ? "remove" : "keep" : null, fate.why().isEmpty() ? null : fate.why());
  }

  private static int count(List<Snapshot> snapshots, String phase) {
    return (int) snapshots.stream().filter(each -> phase.equals(Read.phase(each))).count();
  }

  private static String storageOf(Repository repository) {
    if (repository.getSpec() == null || repository.getSpec().storageRef() == null) {
      return null;
    }
    String namespace = Read.text(repository.getSpec().storageRef().namespace());
    return (namespace.isEmpty() ? repository.getMetadata().getNamespace() : namespace) + "/"
        + repository.getSpec().storageRef().name();
  }

  static List<Storage> storages(Inventory inventory) {
    Map<String, Integer> used = new HashMap<>();
    inventory.repositories().forEach(each ->
        Optional.ofNullable(storageOf(each)).ifPresent(storage -> used.merge(storage, 1, Integer::sum)));
    return inventory.storages().stream().map(each -> storage(each, used.getOrDefault(Read.key(each), 0)))
        .sorted(Comparator.comparing(Storage::id)).toList();
  }

  private static Storage storage(BackupStorage storage, int repositories) {
    StorageBackend backend = storage.getSpec() == null ? null : storage.getSpec().storage();
    String message = storage.getStatus() == null ? null
        : Failures.failing(storage.getStatus().conditions()).map(each -> each.message()).map(Read::brief).orElse(null);
    return new Storage(Read.key(storage), storage.getMetadata().getNamespace(), storage.getMetadata().getName(),
        backend == null ? null : backend.provider(), backend == null ? null : place(backend),
        storage.getStatus() == null ? "NotReady" : storage.getStatus().phase(),
        storage.getStatus() == null ? null : storage.getStatus().totalSize(), repositories, message);
  }

  /** Names only: neither endpoint credentials nor the Secret come into it. */
  private static String place(StorageBackend backend) {
    if (backend.s3() != null) {
      return path(backend.s3().bucket(), backend.s3().prefix());
    }
    if (backend.gcs() != null) {
      return path(backend.gcs().bucket(), backend.gcs().prefix());
    }
    return backend.azure() != null ? path(backend.azure().container(), backend.azure().prefix()) : "";
  }

  private static String path(String bucket, String prefix) {
    String inside = Read.text(prefix).replaceAll("^/+|/+$", "");
    return Read.text(bucket) + (inside.isEmpty() ? "" : "/" + inside);
  }

  /** RetentionPolicies that its users name for a Repository, as {@code namespace/name}. */
  static Set<String> policies(Repository repository, List<BackupConfiguration> users) {
    Set<String> found = new LinkedHashSet<>();
    for (BackupConfiguration configuration : users) {
      Read.list(configuration.getSpec().sessions()).stream()
          .flatMap(session -> Read.list(session.repositories()).stream())
          .filter(each -> repository.getMetadata().getName().equals(each.name()))
          .flatMap(each -> Read.list(configuration.getSpec().backends()).stream()
              .filter(backend -> Read.text(backend.name()).equals(Read.text(each.backend()))))
          .filter(backend -> backend.retentionPolicy() != null)
          .forEach(backend -> found.add((Read.text(backend.retentionPolicy().namespace()).isEmpty()
              ? configuration.getMetadata().getNamespace() : backend.retentionPolicy().namespace()) + "/"
              + backend.retentionPolicy().name()));
    }
    return found;
  }
}
