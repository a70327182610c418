package io.snapstash.storage;

import io.snapstash.api.Repository;
import io.snapstash.api.Snapshot;
import io.snapstash.api.StoredRepository;
import io.snapstash.api.TypedObjectReference;
import io.snapstash.engine.ResourceKey;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The stored formats of one BackupStorage (storage-layout 1, 2, 6.1, 7): metadata.yaml, a repository.yaml for each
 * Repository and a file for each Snapshot. Every operation may be repeated and then ends in the same place; failures
 * are {@link StoreFailure}s.
 */
public final class Catalogue {
  static final String METADATA = "metadata.yaml";
  static final String REPOSITORY = "repository.yaml";
  private static final String SNAPSHOTS = "snapshots";
  /** One guide names this folder; it is read, never written (storage-layout 1.4). */
  private static final String OTHER_SNAPSHOTS = "repository/snapshots";
  private static final String SUFFIX = ".yaml";
  /** Of several writers one always wins, so as many rounds are enough for as many writers. */
  private static final int ROUNDS = 10;

  private final ObjectStore store;

  public Catalogue(ObjectStore store) {
    this.store = store;
  }

  public ObjectStore store() {
    return store;
  }

  /** Writes metadata.yaml if it is absent, adopts it otherwise; one that cannot be read is a failure, never replaced. */
  public Future<BackendMeta> initialise(Instant now, String operatorVersion) {
    return readMeta().compose(found -> {
      if (found.isPresent()) {
        return Future.succeededFuture(found.get());
      }
      BackendMeta fresh = BackendMeta.fresh(now, operatorVersion);
      return store.put(METADATA, StoredFiles.write(fresh.tree()), PutCondition.ifAbsent()).map(fresh)
          .recover(failure -> adopt(failure, this::readMeta));
    });
  }

  /** Empty if the storage is not initialised. */
  public Future<Optional<BackendMeta>> readMeta() {
    return store.get(METADATA).map(found -> found.map(Catalogue::meta));
  }

  private static BackendMeta meta(StoredObject file) {
    BackendMeta meta = new BackendMeta(StoredFiles.read(METADATA, file, BackendMeta.KIND));
    meta.repositories();
    return meta;
  }

  /** Adds the Repository to metadata.yaml, or brings its entry up to date; nothing is written if it says so already. */
  public Future<BackendMeta> register(StoredRepository repository) {
    return change(meta -> meta.with(repository), ROUNDS);
  }

  /** Takes the Repository out of metadata.yaml. */
  public Future<BackendMeta> unregister(ResourceKey repository) {
    return change(meta -> meta.without(repository), ROUNDS);
  }

  private Future<BackendMeta> change(UnaryOperator<BackendMeta> change, int rounds) {
    return store.get(METADATA).compose(found -> {
      if (found.isEmpty()) {
        return Future.failedFuture(new StoreFailure(StoreFailure.Kind.OTHER,
            METADATA + " is missing; the storage is not initialised"));
      }
      BackendMeta before = meta(found.get());
      BackendMeta after = change.apply(before);
      if (after.equals(before)) {
        return Future.succeededFuture(before);
      }
      PutCondition unchanged = PutCondition.ifMatch(found.get().tag());
      return store.put(METADATA, StoredFiles.write(after.tree()), unchanged).map(after)
          .recover(failure -> again(failure, rounds, () -> change(change, rounds - 1)));
    });
  }

  /**
   * Writes repository.yaml if it is absent, adopts one of the same application. One of another application is a
   * CONFLICT: two must not share a folder (storage-layout 6.1).
   */
  public Future<Void> initialise(Repository repository) {
    String key = repositoryKey(pathOf(repository));
    return readRepository(pathOf(repository)).compose(found -> {
      if (found.isPresent()) {
        return sameApplication(key, repository, found.get());
      }
      return store.put(key, StoredFiles.write(repository), PutCondition.ifAbsent()).<Void>mapEmpty()
          .recover(failure -> adopt(failure, () -> readRepository(pathOf(repository)))
              .compose(other -> sameApplication(key, repository, other)));
    });
  }

  /** Rewrites repository.yaml (storage-layout 2.4); fails like initialise, writes nothing if nothing changed. */
  public Future<Void> write(Repository repository) {
    return write(repository, ROUNDS);
  }

  private Future<Void> write(Repository repository, int rounds) {
    String key = repositoryKey(pathOf(repository));
    byte[] content = StoredFiles.write(repository);
    return store.get(key).compose(found -> {
      if (found.isEmpty()) {
        return store.put(key, content, PutCondition.ifAbsent());
      }
      if (Arrays.equals(found.get().content(), content)) {
        return Future.succeededFuture("");
      }
      return sameApplication(key, repository, StoredFiles.read(key, found.get(), Repository.class))
          .compose(_ -> store.put(key, content, PutCondition.ifMatch(found.get().tag())));
    }).<Void>mapEmpty().recover(failure -> again(failure, rounds, () -> write(repository, rounds - 1)));
  }

  /** Empty if there is no such Repository. Fields that belong to one cluster only are left out. */
  public Future<Optional<Repository>> readRepository(String path) {
    String key = repositoryKey(path);
    return store.get(key).map(found -> found.map(file -> StoredFiles.read(key, file, Repository.class)));
  }

  /** Writes {@code snapshots/<name>.yaml}; the object itself does not carry its VolumeSnapshots (storage-layout 2.6). */
  public Future<Void> write(String path, Snapshot snapshot, List<StoredVolumeSnapshot> volumeSnapshots) {
    return store.put(snapshotKey(path, SNAPSHOTS, snapshot.getMetadata().getName()),
        StoredFiles.write(snapshot, volumeSnapshots), PutCondition.always()).mapEmpty();
  }

  /** Empty if there is no such file. */
  public Future<Optional<StoredSnapshot>> readSnapshot(String path, String name) {
    return readSnapshot(snapshotKey(path, SNAPSHOTS, name)).compose(found -> found.isPresent()
        ? Future.succeededFuture(found) : readSnapshot(snapshotKey(path, OTHER_SNAPSHOTS, name)));
  }

  private Future<Optional<StoredSnapshot>> readSnapshot(String key) {
    return store.get(key).map(found -> found.map(file -> StoredFiles.readSnapshot(key, file)));
  }

  /** A missing file is success. */
  public Future<Void> removeSnapshot(String path, String name) {
    return store.delete(snapshotKey(path, SNAPSHOTS, name))
        .compose(_ -> store.delete(snapshotKey(path, OTHER_SNAPSHOTS, name)));
  }

  /** Names of the stored Snapshots, page after page; a name may come twice if it lies in both folders. */
  public Future<Long> snapshotNames(String path, Function<List<String>, Future<?>> page) {
    return names(path + "/" + SNAPSHOTS, page).compose(first ->
        names(path + "/" + OTHER_SNAPSHOTS, page).map(second -> first + second));
  }

  private Future<Long> names(String folder, Function<List<String>, Future<?>> page) {
    return store.list(folder, keys -> {
      int start = ObjectKeys.inside(ObjectKeys.join(folder)).length();
      return page.apply(keys.stream().map(key -> key.substring(start))
          .filter(file -> file.endsWith(SUFFIX) && !file.contains("/"))
          .map(file -> file.substring(0, file.length() - SUFFIX.length())).toList());
    });
  }

  static boolean isSameApplication(Repository ours, Repository stored) {
    return application(ours).equals(application(stored));
  }

  private static Future<Void> sameApplication(String key, Repository ours, Repository stored) {
    return isSameApplication(ours, stored) ? Future.succeededFuture()
        : Future.failedFuture(new StoreFailure(StoreFailure.Kind.CONFLICT, key + " belongs to " + application(stored)
            + ", this Repository is for " + application(ours) + "; choose another directory"));
  }

  /** Group, kind, namespace and name as one text; an absent namespace is that of the Repository. */
  private static String application(Repository repository) {
    TypedObjectReference app = repository.getSpec() == null ? null : repository.getSpec().appRef();
    if (app == null) {
      return "no application";
    }
    String kind = app.apiGroup() == null || app.apiGroup().isEmpty() ? app.kind() : app.kind() + "." + app.apiGroup();
    String namespace = app.namespace() == null || app.namespace().isEmpty()
        ? repository.getMetadata().getNamespace() : app.namespace();
    return kind + " " + namespace + "/" + app.name();
  }

  static String pathOf(Repository repository) {
    return repository.getSpec() == null ? "" : Objects.requireNonNullElse(repository.getSpec().path(), "");
  }

  private static String repositoryKey(String path) {
    return path + "/" + REPOSITORY;
  }

  private static String snapshotKey(String path, String folder, String name) {
    return path + "/" + folder + "/" + name + SUFFIX;
  }

  /** Lost a race for a new file, or won it and lost the answer: what is there now counts. */
  private static <T> Future<T> adopt(Throwable failure, Supplier<Future<Optional<T>>> now) {
    return StoreFailure.is(failure, StoreFailure.Kind.PRECONDITION_FAILED)
        ? now.get().compose(found -> found.map(Future::succeededFuture).orElseGet(() -> Future.failedFuture(failure)))
        : Future.failedFuture(failure);
  }

  private static <T> Future<T> again(Throwable failure, int rounds, Supplier<Future<T>> next) {
    return rounds > 0 && StoreFailure.is(failure, StoreFailure.Kind.PRECONDITION_FAILED)
        ? next.get() : Future.failedFuture(failure);
  }
}
