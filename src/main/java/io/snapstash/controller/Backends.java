package io.snapstash.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.snapstash.api.BackupStorage;
import io.snapstash.api.Repository;
import io.snapstash.api.Snapshot;
import io.snapstash.api.StoredRepository;
import io.snapstash.controller.volume.VolumeAnswer;
import io.snapstash.controller.volume.VolumeErrand;
import io.snapstash.controller.volume.VolumeJobs;
import io.snapstash.controller.volume.VolumeTask;
import io.snapstash.engine.ResourceKey;
import io.snapstash.engine.Time;
import io.snapstash.kube.KubeClient;
import io.snapstash.kube.KubeFailure;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.storage.Catalogue;
import io.snapstash.storage.StoreFactory;
import io.snapstash.storage.StoreFailure;
import io.snapstash.storage.StoredVolumeSnapshot;
import io.snapstash.storage.VolumeReport;
import io.snapstash.storage.Wipe;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What the controllers want done in object storage. The Secret is read anew for every piece of work, so a changed one
 * is used from then on; it is never kept, logged or told.
 */
public final class Backends {
  private final KubeClient kube;
  private final Time time;
  private final StoreFactory stores;
  private final String version;
  private final Optional<VolumeJobs> volumes;

  /** @param volumes who works on volumes that only Jobs can mount; empty where this process sees them itself */
  public Backends(KubeClient kube, Time time, StoreFactory stores, String version, Optional<VolumeJobs> volumes) {
    this.volumes = volumes;
    this.kube = kube;
    this.time = time;
    this.stores = stores;
    this.version = version;
  }

  /** The Secret that a storage names does not exist: nothing can be tried. */
  private static final class SecretMissing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SecretMissing(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * What came of initialising a storage.
   *
   * @param listed the Repositories that its metadata.yaml names; empty unless access was granted
   */
  public record Initialised(Access access, List<StoredRepository> listed) {
    public Initialised {
      listed = List.copyOf(listed);
    }
  }

  public Future<Initialised> initialise(BackupStorage storage) {
    if (byJobs(storage).isPresent()) {
      return byJobs(storage).get().ask(VolumeTask.initialise(storage, version)).map(answer -> new Initialised(
          access(answer), answer instanceof VolumeAnswer.Done(VolumeReport report) ? report.listed() : List.of()));
    }
    List<StoredRepository> listed = new ArrayList<>();
    return use(storage, catalogue -> catalogue.initialise(time.now(), version)
        .onSuccess(meta -> listed.addAll(meta.repositories())))
        .map(access -> new Initialised(access, listed));
  }

  /** Everything under the prefix; at the root of a bucket only what the storage lists as its own (layout 7.2). */
  public Future<Access> wipe(BackupStorage storage) {
    return either(storage, () -> VolumeTask.wipe(storage, version),
        () -> use(storage, catalogue -> new Wipe(catalogue).storage())
        .onSuccess(access -> {
          if (access instanceof Access.Granted) {
            stores.forget(Metadata.key(storage));
          }
        }));
  }

  public Future<Access> initialise(BackupStorage storage, Repository repository) {
    return either(storage, () -> VolumeTask.initialise(storage, repository, version),
        () -> use(storage, catalogue -> catalogue.initialise(time.now(), version)
        .compose(_ -> catalogue.initialise(repository))
        .compose(_ -> catalogue.register(entry(repository)))));
  }

  public Future<Access> store(BackupStorage storage, Repository repository) {
    return either(storage, () -> VolumeTask.store(storage, repository, version),
        () -> use(storage, catalogue -> catalogue.write(repository)));
  }

  public Future<Access> wipe(BackupStorage storage, Repository repository) {
    return either(storage, () -> VolumeTask.wipe(storage, repository, version),
        () -> use(storage, catalogue -> new Wipe(catalogue).repository(repository)));
  }

  public Future<Access> store(
      BackupStorage storage, Repository repository, Snapshot snapshot, List<StoredVolumeSnapshot> data) {
    return either(storage, () -> VolumeTask.store(storage, repository, snapshot, data, version),
        () -> use(storage, catalogue -> catalogue.write(repository.getSpec().path(), snapshot, data)));
  }

  public Future<Access> remove(BackupStorage storage, Repository repository, Snapshot snapshot) {
    return either(storage, () -> VolumeTask.remove(storage, repository, snapshot, version),
        () -> use(storage, catalogue ->
        catalogue.removeSnapshot(repository.getSpec().path(), snapshot.getMetadata().getName())));
  }

  /** Whether other work on the same volume has to end before anything can come of this. */
  public boolean isBusy(BackupStorage storage, HasMetadata owner) {
    return byJobs(storage).filter(jobs -> jobs.isBusyForOthers(owner, storage.getMetadata().getUid())).isPresent();
  }

  /** To be called when the status of an object says what came of the work for it. */
  public Future<Void> written(HasMetadata owner, Access access) {
    boolean known = access instanceof Access.Granted || access instanceof Access.Untried;
    return volumes.isPresent() && known ? volumes.get().tidy(owner) : Future.succeededFuture();
  }

  /** Keys of a kind that the change of a Job on a volume concerns. */
  public Stream<ResourceKey> concerned(HasMetadata job, String kind) {
    return volumes.stream().flatMap(jobs -> jobs.concerned(job, kind));
  }

  /** Who works on the volume of this storage, if it has one. */
  public Optional<VolumeJobs> byJobs(BackupStorage storage) {
    return storage.getSpec() != null && storage.getSpec().storage() != null
        && "local".equals(storage.getSpec().storage().provider()) ? volumes : Optional.empty();
  }

  /** For work on volumes that is waited for beside the passes. */
  public Optional<VolumeErrand> errands(Caches caches, Time clock) {
    return volumes.map(jobs -> new VolumeErrand(jobs, caches, clock));
  }

  public String version() {
    return version;
  }

  private Future<Access> either(BackupStorage storage, Supplier<VolumeTask> task, Supplier<Future<Access>> direct) {
    return byJobs(storage).map(jobs -> jobs.ask(task.get()).map(Backends::access)).orElseGet(direct);
  }

  private static Access access(VolumeAnswer answer) {
    return switch (answer) {
      case VolumeAnswer.Done _ -> new Access.Granted();
      case VolumeAnswer.Underway(Optional<Duration> look) -> new Access.Underway(look);
      case VolumeAnswer.Failed(String message, boolean retryable) -> new Access.Refused(message, retryable);
    };
  }

  public void close() {
    stores.close();
  }

  private static StoredRepository entry(Repository repository) {
    return new StoredRepository(repository.getMetadata().getName(), repository.getMetadata().getNamespace(),
        repository.getSpec().path(), repository.getStatus() == null ? null : repository.getStatus().size(), null, null);
  }

  /** Any work on the catalogue; failures of Secret and backend become an answer, others stay failures. */
  public Future<Access> use(BackupStorage storage, Function<Catalogue, Future<?>> work) {
    return secret(storage)
        .compose(secret -> work.apply(new Catalogue(stores.open(Metadata.key(storage), storage.getSpec(), secret))))
        .<Access>map(_ -> new Access.Granted())
        .recover(failure -> switch (failure) {
          case SecretMissing missing -> Future.succeededFuture(new Access.SecretMissing(missing.getMessage()));
          case KubeFailure refused when refused.kind() == KubeFailure.Kind.FORBIDDEN ->
              Future.succeededFuture(new Access.SecretUnreadable(unreadable(storage, refused)));
          case StoreFailure known ->
              Future.succeededFuture(new Access.Refused(known.getMessage(), known.retryable()));
          default -> Future.failedFuture(failure);
        });
  }

  private static String unreadable(BackupStorage storage, KubeFailure refused) {
    String namespace = storage.getMetadata().getNamespace();
    String secret = StoreFactory.secretName(storage.getSpec()).orElse("");
    return "Secret " + namespace + "/" + secret + " may not be read (" + refused.getMessage()
        + "); grant it: " + SecretGrant.commands(new ResourceKey(namespace, secret), refused.getMessage());
  }

  private Future<Optional<Map<String, byte[]>>> secret(BackupStorage storage) {
    Optional<String> name = StoreFactory.secretName(storage.getSpec());
    if (name.isEmpty()) {
      return Future.succeededFuture(Optional.empty());
    }
    ResourceKey key = new ResourceKey(storage.getMetadata().getNamespace(), name.get());
    return kube.find(ResourceTypes.SECRETS, key).compose(found -> found.isEmpty()
        ? Future.failedFuture(new SecretMissing("Secret " + key + " does not exist"))
        : Future.succeededFuture(Optional.of(decoded(found.get()))));
  }

  private static Map<String, byte[]> decoded(Secret secret) {
    Map<String, byte[]> data = new HashMap<>();
    Optional.ofNullable(secret.getData()).orElse(Map.of())
        .forEach((key, value) -> data.put(key, Base64.getDecoder().decode(value)));
    return data;
  }
}
