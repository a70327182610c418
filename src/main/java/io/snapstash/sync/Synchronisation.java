package io.snapstash.sync;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.api.BackupStorage;
import io.snapstash.api.Repository;
import io.snapstash.api.Snapshot;
import io.snapstash.api.StoredRepository;
import io.snapstash.engine.Parallel;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.KubeClient;
import io.snapstash.kube.KubeFailure;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.storage.Catalogue;
import io.snapstash.storage.ObjectKeys;
import io.snapstash.storage.StoreFailure;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Brings one Repository of a storage, and the Snapshots in its folder, into the cluster (storage-layout 6.2). Names of
 * files are read page by page and a few files at once, so memory does not grow with their number. What is there
 * already is left as it is, so it may be stopped anywhere and begun again. One file that makes no sense does not keep
 * the others out; a backend or API server that does not answer ends the attempt.
 */
public final class Synchronisation {
  private static final int SIDE_BY_SIDE = 8;

  private final KubeClient kube;
  private final Catalogue catalogue;
  private final BackupStorage storage;
  private final Surroundings cluster;

  public Synchronisation(KubeClient kube, Catalogue catalogue, BackupStorage storage, Surroundings cluster) {
    this.kube = kube;
    this.catalogue = catalogue;
    this.storage = storage;
    this.cluster = cluster;
  }

  /** @param progress told how many files have been seen so far; never fails */
  public Future<SyncOutcome> run(StoredRepository entry, LongConsumer progress) {
    ResourceKey key = new ResourceKey(Objects.requireNonNullElse(entry.namespace(), ""),
        Objects.requireNonNullElse(entry.name(), ""));
    return repository(key, Objects.requireNonNullElse(entry.path(), ""))
        .compose(repository -> new Folder(repository, progress).run())
        .recover(failure -> switch (failure) {
          case Gone known -> Future.succeededFuture(new SyncOutcome.Incomplete(known.getMessage()));
          case SyncObjection known -> Future.succeededFuture(new SyncOutcome.Incomplete(known.getMessage()));
          case StoreFailure known -> Future.succeededFuture(new SyncOutcome.Incomplete(known.getMessage()));
          case KubeFailure known -> Future.succeededFuture(new SyncOutcome.Incomplete(known.getMessage()));
          default -> Future.failedFuture(failure);
        });
  }

  private Future<Repository> repository(ResourceKey key, String path) {
    if (!cluster.isStillWanted()) {
      return Future.failedFuture(new SyncObjection("stopped"));
    }
    return cluster.objectionTo(key.namespace()).compose(objection -> objection.isPresent()
        ? Future.failedFuture(new SyncObjection(objection.get()))
        : cluster.repository(key).compose(found -> found.isPresent() ? check(found.get(), path) : create(key, path)));
  }

  private Future<Repository> check(Repository found, String path) {
    String what = "Repository " + key(found);
    if (found.getMetadata().getDeletionTimestamp() != null) {
      return Future.failedFuture(new SyncObjection(what + " is being deleted"));
    }
    boolean same = found.getSpec().storageRef() != null && found.getSpec().storageRef().name() != null
        && found.getSpec().storageRef().name().equals(storage.getMetadata().getName())
        && Objects.requireNonNullElse(found.getSpec().storageRef().namespace(), found.getMetadata().getNamespace())
            .equals(storage.getMetadata().getNamespace())
        && ObjectKeys.join(Objects.requireNonNullElse(found.getSpec().path(), "")).equals(ObjectKeys.join(path));
    return same ? catalogue.initialise(found).map(found) : Future.failedFuture(new SyncObjection(what
        + " exists with another storage or path; delete it, or leave the stored one where it is"));
  }

  private Future<Repository> create(ResourceKey key, String path) {
    return catalogue.readRepository(path).compose(stored -> {
      String file = ObjectKeys.join(path, "repository.yaml");
      if (stored.isEmpty()) {
        return Future.failedFuture(new SyncObjection(file + " is missing"));
      }
      if (!key(stored.get()).equals(key) || stored.get().getSpec() == null) {
        return Future.failedFuture(new SyncObjection(file + " is not that of Repository " + key));
      }
      if (!ObjectKeys.join(Objects.requireNonNullElse(stored.get().getSpec().path(), ""))
          .equals(ObjectKeys.join(path))) {
        return Future.failedFuture(new SyncObjection(file + " says that it belongs into another folder"));
      }
      return kube.create(ResourceTypes.REPOSITORIES, key.namespace(), SyncManifest.of(stored.get(), storage))
          .onSuccess(cluster::observe)
          .recover(failure -> KubeFailure.is(failure, KubeFailure.Kind.ALREADY_EXISTS)
              ? kube.get(ResourceTypes.REPOSITORIES, key).compose(found -> check(found, path))
              : Future.failedFuture(failure));
    });
  }

  /** Ends the attempt, whatever file it is at. */
  private static final class Gone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Gone() {
      super("the Repository was deleted meanwhile", null, false, false);
    }
  }

  private static ResourceKey key(HasMetadata object) {
    return new ResourceKey(object.getMetadata().getNamespace(), object.getMetadata().getName());
  }

  /** The Snapshots of one Repository. */
  private final class Folder {
    private final Repository repository;
    private final String path;
    private final LongConsumer progress;
    private final Set<String> seen = new HashSet<>();
    private long unusable;
    private String firstError = "";

    Folder(Repository repository, LongConsumer progress) {
      this.repository = repository;
      this.path = Objects.requireNonNullElse(repository.getSpec().path(), "");
      this.progress = progress;
    }

    Future<SyncOutcome> run() {
      return catalogue.snapshotNames(path, this::page)
          .compose(_ -> cluster.snapshotsOf(key(repository)))
          .compose(present -> Parallel.each(present, SIDE_BY_SIDE, this::uploadAgain))
          .map(_ -> unusable == 0 ? new SyncOutcome.Complete(seen.size()) : new SyncOutcome.Incomplete(unusable
              + " of " + seen.size() + " Snapshot files could not be taken over; the first: " + firstError));
    }

    private Future<Void> page(List<String> names) {
      List<String> fresh = names.stream().filter(seen::add).toList();
      return Parallel.each(fresh, SIDE_BY_SIDE, this::snapshot).onSuccess(_ -> progress.accept(seen.size()));
    }

    private Future<Void> snapshot(String name) {
      if (!cluster.isStillWanted()) {
        return Future.failedFuture(new SyncObjection("stopped"));
      }
      ResourceKey key = new ResourceKey(repository.getMetadata().getNamespace(), name);
      return isStillThere().compose(_ -> cluster.snapshot(key))
          .compose(found -> found.map(Snapshot::getStatus).isPresent() ? Future.<Void>succeededFuture() : take(key))
          .recover(this::passOver);
    }

    /** Nothing is made for a Repository that has gone meanwhile. */
    private Future<Void> isStillThere() {
      return cluster.repository(key(repository)).compose(now -> now.filter(found ->
          found.getMetadata().getDeletionTimestamp() == null
              && found.getMetadata().getUid().equals(repository.getMetadata().getUid())).isPresent()
          ? Future.succeededFuture() : Future.failedFuture(new Gone()));
    }

    /** What is wrong with one file is no reason to leave the others. */
    private Future<Void> passOver(Throwable failure) {
      boolean ofTheFile = failure instanceof SyncObjection && cluster.isStillWanted()
          || failure instanceof StoreFailure store && !store.retryable()
          || failure instanceof KubeFailure refused && !refused.retryHelps();
      if (!ofTheFile) {
        return Future.failedFuture(failure);
      }
      unusable++;
      firstError = firstError.isEmpty() ? failure.getMessage() : firstError;
      return Future.succeededFuture();
    }

    private Future<Void> take(ResourceKey key) {
      return catalogue.readSnapshot(path, key.name()).compose(found -> {
        if (found.isEmpty()) {
          return Future.succeededFuture();
        }
        Snapshot stored = found.get().snapshot();
        if (!fits(stored, key)) {
          return Future.failedFuture(new SyncObjection("the file of Snapshot " + key.name()
              + " tells of another Snapshot, Repository or application"));
        }
        return kube.create(ResourceTypes.SNAPSHOTS, key.namespace(), SyncManifest.of(stored, repository))
            .recover(failure -> KubeFailure.is(failure, KubeFailure.Kind.ALREADY_EXISTS)
                ? kube.get(ResourceTypes.SNAPSHOTS, key) : Future.failedFuture(failure))
            .compose(made -> status(key, made, stored));
      });
    }

    private boolean fits(Snapshot stored, ResourceKey key) {
      return stored.getSpec() != null && key.name().equals(stored.getMetadata().getName())
          && repository.getMetadata().getName().equals(stored.getSpec().repository())
          && (stored.getSpec().appRef() == null || stored.getSpec().appRef().equals(repository.getSpec().appRef()));
    }

    /** A new object has no status: whoever dies between the two writes finds it without one and writes it then. */
    private Future<Void> status(ResourceKey key, Snapshot made, Snapshot stored) {
      if (made.getStatus() != null || stored.getStatus() == null) {
        cluster.observe(made);
        return Future.succeededFuture();
      }
      return kube.patchStatus(ResourceTypes.SNAPSHOTS, key, SyncManifest.status(stored))
          .onSuccess(cluster::observe).mapEmpty();
    }

    /** A completed Snapshot without a file is forgotten as uploaded, so that its own controller uploads it. */
    private Future<Void> uploadAgain(Snapshot present) {
      boolean uploaded = !seen.contains(present.getMetadata().getName())
          && present.getMetadata().getDeletionTimestamp() == null
          && UploadMark.isSet(present);
      if (!uploaded) {
        return Future.succeededFuture();
      }
      ObjectNode patch = UploadMark.removed(present);
      return kube.patchStatus(ResourceTypes.SNAPSHOTS, key(present), patch).onSuccess(cluster::observe).mapEmpty();
    }
  }
}
