package io.snapstash.controller.backupstorage;

import io.snapstash.api.BackupStorage;
import io.snapstash.api.Conditions;
import io.snapstash.api.ObjectReference;
import io.snapstash.api.Repository;
import io.snapstash.controller.Access;
import io.snapstash.controller.Backends;
import io.snapstash.controller.Farewell;
import io.snapstash.domain.phase.ConditionSet;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Operator;
import io.snapstash.domain.validation.LocalRules;
import io.snapstash.domain.validation.NeighbourRules;
import io.snapstash.domain.validation.Violation;
import io.snapstash.engine.ResourceKey;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reaches the backend when something asks for it: a storage that is new, changed, or not ready; or one that is to be
 * wiped. A settled storage is left in peace.
 */
final class BackupStorageGatherer {
  private final Operator operator;
  private final StorageSynchroniser synchroniser;

  BackupStorageGatherer(Operator operator, StorageSynchroniser synchroniser) {
    this.operator = operator;
    this.synchroniser = synchroniser;
  }

  Future<BackupStorageFacts> gather(BackupStorage storage, Instant now) {
    List<Repository> repositories = operator.caches().repositoriesByStorage.get(Metadata.key(storage).toString());
    Optional<ResourceKey> neighbour = isToBeWiped(storage) ? neighbour(storage) : Optional.empty();
    return access(storage, repositories, neighbour).map(reached -> new BackupStorageFacts(storage, now,
        reached.access(), repositories, neighbour, hasMoved(storage) ? reached.listed() : List.of(),
        synchroniser.states(storage), operator.settings().storageRecheck()));
  }

  private Optional<ResourceKey> neighbour(BackupStorage storage) {
    return Place.of(storage).flatMap(mine -> operator.caches().storages.all().stream()
        .filter(other -> !Metadata.key(other).equals(Metadata.key(storage)) && !isToBeWiped(other))
        .filter(other -> Place.of(other).filter(mine::overlaps).isPresent())
        .map(Metadata::key).sorted().findFirst());
  }

  private static boolean isToBeWiped(BackupStorage storage) {
    return Metadata.isDeleting(storage) && BackupStorageRules.WIPE_OUT.equals(storage.getSpec().deletionPolicy());
  }

  private Future<Backends.Initialised> access(
      BackupStorage storage, List<Repository> repositories, Optional<ResourceKey> neighbour) {
    Backends.Initialised untried = new Backends.Initialised(new Access.Untried(), List.of());
    if (!Metadata.hasFinalizer(storage)) {
      return Future.succeededFuture(untried);
    }
    if (Metadata.isDeleting(storage)) {
      return repositories.isEmpty() && neighbour.isEmpty() && isToBeWiped(storage)
          ? operator.backends().wipe(storage).map(access -> new Backends.Initialised(
              Farewell.from(operator.caches(), storage, access), List.of()))
          : Future.succeededFuture(untried);
    }
    if (isInitialised(storage)) {
      return Future.succeededFuture(untried);
    }
    List<Violation> objections = objections(storage);
    return objections.isEmpty() ? operator.backends().initialise(storage) : Future.succeededFuture(
        new Backends.Initialised(new Access.Refused(Violation.summary(objections), false), List.of()));
  }

  /** What admission would have refused (behaviour 12.11), had it been asked: the one that was there first stays. */
  private List<Violation> objections(BackupStorage storage) {
    List<Violation> found = new ArrayList<>(LocalRules.check(storage.getSpec()));
    found.addAll(NeighbourRules.storage(
        new ObjectReference(storage.getMetadata().getNamespace(), storage.getMetadata().getName()), storage.getSpec(),
        operator.caches().storages.all().stream().filter(other -> isOlder(other, storage)).toList()));
    return found;
  }

  private static boolean isOlder(BackupStorage one, BackupStorage other) {
    int byAge = one.getMetadata().getCreationTimestamp().compareTo(other.getMetadata().getCreationTimestamp());
    return byAge < 0 || byAge == 0 && Metadata.key(one).compareTo(Metadata.key(other)) < 0;
  }

  /** Not when some other part of the spec has changed: what was given up since does not come back by itself. */
  private static boolean hasMoved(BackupStorage storage) {
    return ConditionSet.of(storage.getStatus() == null ? null : storage.getStatus().conditions())
        .find(Conditions.BACKEND_INITIALIZED).filter(condition ->
            BackupStorageRules.initialisedAt(storage).equals(condition.message())).isEmpty();
  }

  /** The condition tells of the spec as it is now; an outage of the backend, or a restart, changes nothing in that. */
  private static boolean isInitialised(BackupStorage storage) {
    return ConditionSet.of(storage.getStatus() == null ? null : storage.getStatus().conditions())
        .find(Conditions.BACKEND_INITIALIZED).filter(condition -> "True".equals(condition.status())
            && storage.getMetadata().getGeneration().equals(condition.observedGeneration())).isPresent();
  }
}
