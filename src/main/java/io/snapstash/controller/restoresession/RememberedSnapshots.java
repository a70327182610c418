package io.snapstash.controller.restoresession;

import io.snapstash.api.BackupStorage;
import io.snapstash.api.Labels;
import io.snapstash.api.Repository;
import io.snapstash.api.Snapshot;
import io.snapstash.controller.Access;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Operator;
import io.snapstash.controller.References;
import io.snapstash.engine.ResourceKey;
import io.snapstash.storage.StoredVolumeSnapshot;
import io.snapstash.storage.StoredVolumeSnapshots;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the catalogue remembers of the VolumeSnapshots of a Snapshot (storage-layout 2.6): a synchronised Snapshot
 * carries it, for any other the stored file says it.
 */
final class RememberedSnapshots {
  private final Operator operator;

  RememberedSnapshots(Operator operator) {
    this.operator = operator;
  }

  /** Nothing, if nobody remembers anything; a storage that does not answer is a failure. */
  Future<List<StoredVolumeSnapshot>> of(Snapshot snapshot) {
    String carried = Metadata.annotation(snapshot, Labels.VOLUME_SNAPSHOTS);
    if (!carried.isEmpty()) {
      return Future.succeededFuture(StoredVolumeSnapshots.parse(carried).orElse(List.of()));
    }
    Optional<Repository> repository = operator.caches().repositories.get(
        new ResourceKey(snapshot.getMetadata().getNamespace(), snapshot.getSpec().repository()));
    Optional<BackupStorage> storage =
        repository.flatMap(found -> operator.caches().storages.get(References.storageOf(found)));
    if (storage.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    List<StoredVolumeSnapshot> found = new ArrayList<>();
    if (operator.backends().byJobs(storage.get()).isPresent()) {
      // Only a Job could read the file; what comes back by synchronisation carries all it says.
      return Future.succeededFuture(List.of());
    }
    return operator.backends().use(storage.get(), catalogue ->
        catalogue.readSnapshot(repository.get().getSpec().path(), snapshot.getMetadata().getName())
            .onSuccess(file -> file.ifPresent(stored -> found.addAll(stored.volumeSnapshots()))))
        .compose(access -> switch (access) {
          case Access.Granted _, Access.Untried _, Access.Underway _ -> Future.succeededFuture(found);
          case Access.SecretMissing(String message) -> unreachable(message);
          case Access.SecretUnreadable(String message) -> unreachable(message);
          case Access.Refused(String message, boolean _) -> unreachable(message);
        });
  }

  private static Future<List<StoredVolumeSnapshot>> unreachable(String message) {
    return Future.failedFuture(new CatalogueUnreachable(message));
  }

  /** The catalogue may know, and does not answer. */
  static final class CatalogueUnreachable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CatalogueUnreachable(String message) {
      super("the stored Snapshot cannot be read: " + message, null, false, false);
    }
  }
}
