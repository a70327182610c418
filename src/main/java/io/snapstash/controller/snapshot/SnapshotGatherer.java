package io.snapstash.controller.snapshot;

import io.snapstash.api.BackupStorage;
import io.snapstash.api.Conditions;
import io.snapstash.api.Repository;
import io.snapstash.api.Snapshot;
import io.snapstash.controller.Access;
import io.snapstash.controller.Components;
import io.snapstash.controller.Farewell;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Operator;
import io.snapstash.controller.References;
import io.snapstash.controller.StorageUse;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.KubeFailure;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a pass over a Snapshot needs; uploads its file once nothing more will change, removes it when it goes. */
final class SnapshotGatherer {
  private static final Duration TURN_CHECK = Duration.ofSeconds(30);

  private final Operator operator;
  private final HeldData held;
  /** Failed uploads in a row, by uid. */
  private final Map<String, Integer> attempts = new HashMap<>();

  SnapshotGatherer(Operator operator) {
    this.operator = operator;
    this.held = new HeldData(operator);
  }

  Future<SnapshotFacts> gather(Snapshot snapshot, Instant now) {
    Optional<Repository> repository = operator.caches().repositories.get(
        new ResourceKey(snapshot.getMetadata().getNamespace(), snapshot.getSpec().repository()));
    Optional<BackupStorage> storage = repository.flatMap(found ->
        operator.caches().storages.get(References.storageOf(found)));
    SnapshotFacts facts = new SnapshotFacts(
        snapshot, now, repository, storage, new Access.Untried(), 0, List.of());
    if (Metadata.isDeleting(snapshot)) {
      return removal(facts);
    }
    return dueForUpload(facts) ? upload(facts) : Future.succeededFuture(facts);
  }

  /** There is no such Snapshot any more. */
  void forget(Snapshot snapshot) {
    attempts.remove(snapshot.getMetadata().getUid());
    held.forget(snapshot);
  }

  private static boolean dueForUpload(SnapshotFacts facts) {
    return facts.snapshot().getStatus() != null && !Boolean.TRUE.equals(facts.snapshot().getSpec().paused())
        && Components.areFinal(facts.snapshot())
        && !Components.conditions(facts.snapshot()).isTrue(Conditions.SNAPSHOT_METADATA_UPLOADED);
  }

  private Future<SnapshotFacts> upload(SnapshotFacts facts) {
    if (facts.repository().isEmpty() || facts.storage().isEmpty()) {
      return Future.succeededFuture(counted(facts, new Access.Refused(
          "the Repository or its BackupStorage does not exist", true)));
    }
    Optional<String> refusal = refusal(facts);
    if (refusal.isPresent()) {
      return Future.succeededFuture(counted(facts, new Access.Refused(refusal.get(), false)));
    }
    if (operator.backends().isBusy(facts.storage().get(), facts.snapshot())) {
      return Future.succeededFuture(with(facts, new Access.Underway(Optional.of(TURN_CHECK))));
    }
    Snapshot copy = new Snapshot();
    copy.setMetadata(facts.snapshot().getMetadata());
    copy.setSpec(facts.snapshot().getSpec());
    copy.setStatus(SnapshotRules.uploaded(facts));
    return held.describe(facts.snapshot())
        .compose(data -> operator.backends().store(
            facts.storage().orElseThrow(), facts.repository().orElseThrow(), copy, data))
        .recover(failure -> failure instanceof KubeFailure known
            ? Future.succeededFuture(new Access.Refused(known.getMessage(), true)) : Future.failedFuture(failure))
        .map(access -> counted(facts, access));
  }

  private Optional<String> refusal(SnapshotFacts facts) {
    return facts.repository().flatMap(repository -> facts.storage()
        .flatMap(storage -> StorageUse.refusal(operator.caches(), repository, storage)));
  }

  private static SnapshotFacts with(SnapshotFacts facts, Access access) {
    return new SnapshotFacts(facts.snapshot(), facts.now(), facts.repository(), facts.storage(), access, 0, List.of());
  }

  private SnapshotFacts counted(SnapshotFacts facts, Access access) {
    if (access instanceof Access.Underway) {
      return with(facts, access);
    }
    String uid = facts.snapshot().getMetadata().getUid();
    int failed = access instanceof Access.Granted ? 0 : attempts.merge(uid, 1, Integer::sum);
    if (failed == 0) {
      attempts.remove(uid);
    }
    return new SnapshotFacts(facts.snapshot(), facts.now(), facts.repository(), facts.storage(), access, failed,
        List.of());
  }

  /** The data goes first: while the file stands, a person can still see what there was. */
  private Future<SnapshotFacts> removal(SnapshotFacts facts) {
    attempts.remove(facts.snapshot().getMetadata().getUid());
    if (!Metadata.hasFinalizer(facts.snapshot()) || facts.storage().isEmpty()
        || !SnapshotRules.isWipeOut(facts.snapshot(), facts.repository())) {
      return Future.succeededFuture(facts);
    }
    return held.look(facts.snapshot()).compose(data -> {
      boolean busy = data.stream().anyMatch(Held::isOpen);
      Future<Access> access = busy ? Future.succeededFuture(new Access.Untried()) : refusal(facts)
          .<Future<Access>>map(why -> Future.succeededFuture(new Access.Refused(why, false)))
          .orElseGet(() -> operator.backends().remove(
              facts.storage().orElseThrow(), facts.repository().orElseThrow(), facts.snapshot()));
      return access.map(result -> new SnapshotFacts(facts.snapshot(), facts.now(), facts.repository(), facts.storage(),
          Farewell.from(operator.caches(), facts.snapshot(), result), 0, data));
    });
  }
}
