package io.snapstash.controller.backupstorage;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.api.BackupStorage;
import io.snapstash.api.Repository;
import io.snapstash.api.Snapshot;
import io.snapstash.api.StoredRepository;
import io.snapstash.controller.Access;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Operator;
import io.snapstash.controller.volume.VolumeAnswer;
import io.snapstash.controller.volume.VolumeErrand;
import io.snapstash.controller.volume.VolumeTask;
import io.snapstash.domain.validation.UsageRules;
import io.snapstash.engine.Backoff;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.ObjectMetadata;
import io.snapstash.storage.VolumeReport;
import io.snapstash.sync.Surroundings;
import io.snapstash.sync.SyncOutcome;
import io.snapstash.sync.Synchronisation;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Synchronises storages beside the passes over them, one Repository of a storage after the other, so that ten thousand
 * Snapshots hold nobody up. It remembers nothing that matters: which Repositories are due stands in the status.
 */
final class StorageSynchroniser {
  private static final long NEWS_EVERY = 1000;
  private static final Duration GATHERING = Duration.ofSeconds(1);

  private final Operator operator;
  private final Backoff backoff;
  private final Consumer<ResourceKey> news;
  private final Optional<VolumeErrand> errand;
  private final Map<String, Work> works = new HashMap<>();

  /** @param news told the key of a storage about whose synchronisation there is something new */
  StorageSynchroniser(Operator operator, Consumer<ResourceKey> news) {
    this.operator = operator;
    this.backoff = new Backoff(operator.settings().retryInitial(), operator.settings().retryMax(),
        operator.settings().chance());
    this.news = news;
    this.errand = operator.backends().errands(operator.caches(), operator.time());
  }

  /** What is known of the Repositories of a storage; nothing is known after a restart. */
  Map<ResourceKey, SyncState> states(BackupStorage storage) {
    return Optional.ofNullable(works.get(identity(storage)))
        .map(work -> Map.copyOf(work.states)).orElse(Map.of());
  }

  /** Begins with those that are due and not yet at work, and forgets the others. */
  void ensure(BackupStorage storage, List<StoredRepository> due) {
    String identity = identity(storage);
    works.keySet().removeIf(other -> other.startsWith(storage.getMetadata().getUid())
        && (due.isEmpty() || !other.equals(identity)));
    if (due.isEmpty()) {
      return;
    }
    Work work = works.computeIfAbsent(identity, _ -> new Work());
    Set<ResourceKey> wanted = due.stream().map(StorageSynchroniser::key).collect(Collectors.toSet());
    work.states.keySet().retainAll(wanted);
    work.waiting.keySet().retainAll(wanted);
    for (StoredRepository entry : due) {
      SyncState state = work.states.get(key(entry));
      if (state == null || state instanceof SyncState.Failed failed
          && !operator.time().now().isBefore(failed.again())) {
        work.states.put(key(entry), new SyncState.Running(0));
        work.waiting.put(key(entry), entry);
      }
    }
    work.next(Metadata.key(storage));
  }

  /** The object, and the place: what lies in another bucket is another work. */
  private static String identity(BackupStorage storage) {
    return storage.getMetadata().getUid() + " " + Place.describe(storage);
  }

  /** What failed is worth another attempt at once: something has changed. */
  void hurry(BackupStorage storage) {
    Optional.ofNullable(works.get(identity(storage))).ifPresent(work -> work.states.replaceAll(
        (_, state) -> state instanceof SyncState.Failed failed
            ? new SyncState.Failed(failed.error(), Instant.EPOCH) : state));
  }

  static ResourceKey key(StoredRepository entry) {
    return new ResourceKey(entry.namespace() == null ? "" : entry.namespace(), entry.name() == null ? "" : entry.name());
  }

  private final class Work {
    private final Map<ResourceKey, SyncState> states = new HashMap<>();
    private final Map<ResourceKey, Integer> failures = new HashMap<>();
    private final Map<ResourceKey, StoredRepository> waiting = new LinkedHashMap<>();
    private boolean busy;
    private volatile boolean gathering;

    /** Each entry with the storage as it is when its turn comes. */
    private void next(ResourceKey key) {
      Optional<BackupStorage> current = operator.caches().storages.get(key)
          .filter(storage -> !Metadata.isDeleting(storage) && works.get(identity(storage)) == this);
      if (busy || waiting.isEmpty() || current.isEmpty()) {
        return;
      }
      BackupStorage storage = current.get();
      busy = true;
      StoredRepository entry = waiting.remove(waiting.keySet().iterator().next());
      run(storage, entry).onComplete(outcome -> {
        busy = false;
        ended(key(entry), outcome.succeeded() ? outcome.result()
            : new SyncOutcome.Incomplete(String.valueOf(outcome.cause().getMessage())));
        tell(Metadata.key(storage));
        next(key);
      });
    }

    /** Each time the whole list goes into the status: of a thousand Repositories, many at once. */
    private void tell(ResourceKey key) {
      if (waiting.isEmpty()) {
        news.accept(key);
      } else if (!gathering) {
        gathering = true;
        operator.time().schedule(GATHERING, () -> {
          gathering = false;
          news.accept(key);
        });
      }
    }

    private Future<SyncOutcome> run(BackupStorage storage, StoredRepository entry) {
      Neighbourhood cluster = new Neighbourhood(storage, this, key(entry));
      if (errand.isPresent() && operator.backends().byJobs(storage).isPresent()) {
        return cluster.objectionTo(key(entry).namespace()).compose(objection -> objection.isPresent()
            ? Future.succeededFuture(new SyncOutcome.Incomplete(objection.get())) : byJob(storage, entry, cluster));
      }
      SyncOutcome[] outcome = new SyncOutcome[1];
      return operator.backends().use(storage, catalogue ->
          new Synchronisation(operator.kube(), catalogue, storage, cluster)
              .run(entry, seen -> progress(storage, key(entry), seen)).onSuccess(result -> outcome[0] = result))
          .map(access -> switch (access) {
            case Access.Granted _, Access.Untried _, Access.Underway _ -> outcome[0];
            case Access.SecretMissing(String message) -> new SyncOutcome.Incomplete(message);
            case Access.SecretUnreadable(String message) -> new SyncOutcome.Incomplete(message);
            case Access.Refused(String message, boolean _) -> new SyncOutcome.Incomplete(message);
          });
    }

    private Future<SyncOutcome> byJob(BackupStorage storage, StoredRepository entry, Neighbourhood cluster) {
      VolumeTask task = VolumeTask.synchronise(storage, entry, operator.backends().version());
      return errand.orElseThrow().run(task, cluster::isStillWanted).map(answer -> switch (answer) {
        case VolumeAnswer.Done(VolumeReport report) -> report.error().isEmpty()
            ? new SyncOutcome.Complete(report.snapshots()) : new SyncOutcome.Incomplete(report.error());
        case VolumeAnswer.Failed(String message, boolean _) -> new SyncOutcome.Incomplete(message);
        case VolumeAnswer.Underway _ -> new SyncOutcome.Incomplete("the Job has not ended");
      });
    }

    private void progress(BackupStorage storage, ResourceKey entry, long seen) {
      if (!states.containsKey(entry)) {
        return;
      }
      long before = states.get(entry) instanceof SyncState.Running running ? running.seen() : 0;
      states.put(entry, new SyncState.Running(seen));
      if (seen / NEWS_EVERY > before / NEWS_EVERY) {
        news.accept(Metadata.key(storage));
      }
    }

    private void ended(ResourceKey entry, SyncOutcome outcome) {
      if (!states.containsKey(entry)) {
        return;
      }
      switch (outcome) {
        case SyncOutcome.Complete _ -> {
          failures.remove(entry);
          states.put(entry, new SyncState.Done());
        }
        case SyncOutcome.Incomplete(String error) -> states.put(entry, new SyncState.Failed(error,
            operator.time().now().plus(backoff.after(failures.merge(entry, 1, Integer::sum)))));
      }
    }
  }

  /** The cluster as the caches show it. */
  private final class Neighbourhood implements Surroundings {
    private final BackupStorage storage;
    private final Work work;
    private final ResourceKey entry;

    Neighbourhood(BackupStorage storage, Work work, ResourceKey entry) {
      this.storage = storage;
      this.work = work;
      this.entry = entry;
    }

    @Override
    public Future<Optional<String>> objectionTo(String namespace) {
      Optional<ObjectMetadata> found =
          operator.caches().namespaces.get(ResourceKey.clusterScoped(namespace)).filter(each -> !Metadata.isDeleting(each));
      if (found.isEmpty()) {
        return Future.succeededFuture(Optional.of("namespace " + namespace + " does not exist; its backups come back"
            + " when it is created"));
      }
      return Future.succeededFuture(UsageRules.allows(storage.getSpec().usagePolicy(),
          storage.getMetadata().getNamespace(), namespace, Metadata.labels(found.get())) ? Optional.empty()
          : Optional.of("spec.usagePolicy of this BackupStorage does not allow namespace " + namespace));
    }

    @Override
    public Future<Optional<Repository>> repository(ResourceKey key) {
      return Future.succeededFuture(operator.caches().repositories.get(key));
    }

    @Override
    public Future<Optional<Snapshot>> snapshot(ResourceKey key) {
      return Future.succeededFuture(operator.caches().snapshots.get(key));
    }

    @Override
    public Future<List<Snapshot>> snapshotsOf(ResourceKey repository) {
      return Future.succeededFuture(operator.caches().snapshotsByRepository.get(repository.toString()));
    }

    @Override
    public boolean isStillWanted() {
      return works.get(identity(storage)) == work && work.states.containsKey(entry)
          && operator.caches().storages.get(Metadata.key(storage)).filter(now -> !Metadata.isDeleting(now)
              && identity(now).equals(identity(storage))).isPresent();
    }

    @Override
    public void observe(HasMetadata written) {
      operator.caches().observe(written);
    }
  }
}
