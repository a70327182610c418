package io.snapstash.controller.snapshot;

import io.snapstash.api.Conditions;
import io.snapstash.api.Repository;
import io.snapstash.api.Snapshot;
import io.snapstash.api.SnapshotStatus;
import io.snapstash.api.SnapshotStatusBuilder;
import io.snapstash.controller.Access;
import io.snapstash.domain.phase.ConditionSet;
import io.snapstash.controller.Decision;
import io.snapstash.controller.Effect;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Notice;
import io.snapstash.domain.phase.SnapshotPhase;
import io.snapstash.engine.Requeue;
import io.snapstash.kube.ResourceTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** From the Job's last word to the uploaded file (behaviour 6.15, storage-layout 6.4), and removal (10.1). */
final class SnapshotRules {
  static final String WIPE_OUT = "WipeOut";
  private static final int UPLOADS_BEFORE_FAILURE = 5;
  private static final Duration CLAIM_CHECK = Duration.ofSeconds(30);
  /** VolumeSnapshots are not followed, so their end is looked for: soon, then after as long as it has taken. */
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration SLOW = Duration.ofMinutes(1);

  private SnapshotRules() {}

  static Decision<SnapshotStatus> decide(SnapshotFacts facts) {
    Snapshot snapshot = facts.snapshot();
    if (Metadata.isDeleting(snapshot)) {
      return delete(facts);
    }
    if (Boolean.TRUE.equals(snapshot.getSpec().paused()) || snapshot.getStatus() == null) {
      return new Decision<>(status(snapshot), List.of(), Requeue.settled(), "Waiting");
    }
    SnapshotStatus status = switch (facts.access()) {
      case Access.Granted() -> uploaded(facts);
      case Access.Untried(), Access.Underway _ -> phased(listed(facts));
      case Access.SecretMissing(String message) -> phased(notUploaded(facts, message));
      case Access.SecretUnreadable(String message) -> phased(notUploaded(facts, message));
      case Access.Refused(String message, boolean _) -> phased(notUploaded(facts, message));
    };
    return new Decision<>(status, List.of(), requeue(facts), facts.access().getClass().getSimpleName());
  }

  /** What the status, and the stored copy, say once the file is up. */
  static SnapshotStatus uploaded(SnapshotFacts facts) {
    SnapshotStatus listed = listed(facts);
    ConditionSet conditions = ConditionSet.of(listed.conditions()).withTrue(Conditions.SNAPSHOT_METADATA_UPLOADED,
        Conditions.SUCCESSFULLY_UPLOADED_SNAPSHOT_METADATA, "", facts.now());
    return phased(SnapshotStatusBuilder.builder(listed).conditions(conditions.items()).build());
  }

  private static SnapshotStatus listed(SnapshotFacts facts) {
    SnapshotStatus status = status(facts.snapshot());
    boolean listed = facts.repository().map(Repository::getStatus).map(found -> found.recentSnapshots())
        .orElse(List.of()).stream().anyMatch(line -> line.name().equals(facts.snapshot().getMetadata().getName()));
    if (!listed) {
      return status;
    }
    return SnapshotStatusBuilder.builder(status).conditions(ConditionSet.of(status.conditions()).withTrue(
        Conditions.RECENT_SNAPSHOT_LIST_UPDATED, Conditions.SUCCESSFULLY_UPDATED_RECENT_SNAPSHOT_LIST, "",
        facts.now()).items()).build();
  }

  private static SnapshotStatus notUploaded(SnapshotFacts facts, String message) {
    SnapshotStatus listed = listed(facts);
    return facts.attempts() < UPLOADS_BEFORE_FAILURE ? listed
        : SnapshotStatusBuilder.builder(listed).conditions(ConditionSet.of(listed.conditions()).withFalse(
            Conditions.SNAPSHOT_METADATA_UPLOADED, Conditions.FAILED_TO_UPLOAD_SNAPSHOT_METADATA, message,
            facts.now()).items()).build();
  }

  private static SnapshotStatus phased(SnapshotStatus status) {
    return SnapshotStatusBuilder.builder(status).phase(SnapshotPhase.of(status)).build();
  }

  private static Requeue requeue(SnapshotFacts facts) {
    return switch (facts.access()) {
      case Access.Granted() -> Requeue.settled();
      case Access.Untried() -> Requeue.settled();
      case Access.Underway underway -> underway.requeue();
      case Access.SecretMissing(String message) -> Requeue.retry(message);
      case Access.SecretUnreadable(String message) -> Requeue.retry(message);
      case Access.Refused(String message, boolean _) -> Requeue.retry(message);
    };
  }

  /** While its Repository goes, that decides, whatever the Snapshot itself says (10.2). */
  static boolean isWipeOut(Snapshot snapshot, Optional<Repository> repository) {
    return WIPE_OUT.equals(repository.filter(Metadata::isDeleting).map(going -> going.getSpec().deletionPolicy())
        .orElse(snapshot.getSpec().deletionPolicy()));
  }

  private static Decision<SnapshotStatus> delete(SnapshotFacts facts) {
    Snapshot snapshot = facts.snapshot();
    if (!Metadata.hasFinalizer(snapshot)) {
      return new Decision<>(status(snapshot), List.of(), Requeue.settled(), "Released");
    }
    if (!isWipeOut(snapshot, facts.repository())) {
      return release(snapshot, List.of());
    }
    if (facts.repository().isEmpty() || facts.storage().isEmpty()) {
      return release(snapshot, List.of("its Repository or BackupStorage no longer exists"));
    }
    List<Effect> removals = new ArrayList<>();
    List<String> waiting = new ArrayList<>();
    Optional<Duration> going = Optional.empty();
    for (Held held : facts.data()) {
      switch (held) {
        case Held.Removable(var _, List<Effect> effects) -> removals.addAll(effects);
        case Held.Awaited(var _, String why) -> waiting.add(why);
        case Held.Going(var key, Instant since) -> {
          Duration age = Duration.between(since, facts.now());
          going = Optional.of(going.filter(known -> known.compareTo(age) > 0).orElse(age));
          if (age.compareTo(SLOW) > 0) {
            waiting.add("VolumeSnapshot " + key + " is deleted but not gone; its driver or a finalizer holds it");
          }
        }
        case Held.Kept _, Held.Gone _, Held.Unseen _ -> { }
      }
    }
    if (!waiting.isEmpty()) {
      removals.add(new Effect.Tell(Notice.warning(snapshot, "DeletionWaits", String.join("; ", waiting))));
      return new Decision<>(status(snapshot), removals, Requeue.after(CLAIM_CHECK), "DeletionWaits");
    }
    if (!removals.isEmpty() || going.isPresent()) {
      return new Decision<>(status(snapshot), removals, Requeue.after(going.filter(age -> age.compareTo(SOON) > 0)
          .orElse(SOON)), "RemovingData");
    }
    return switch (facts.access()) {
      case Access.Granted(), Access.Untried() -> release(snapshot, leftBehind(facts));
      case Access.Underway underway -> new Decision<>(status(snapshot), List.of(), underway.requeue(), "Removing");
      case Access.SecretMissing(String message) -> release(snapshot, List.of(message));
      case Access.SecretUnreadable(String message) -> notRemoved(facts, message);
      case Access.Refused(String message, boolean _) -> notRemoved(facts, message);
    };
  }

  private static Decision<SnapshotStatus> notRemoved(SnapshotFacts facts, String message) {
    return new Decision<>(stuck(facts, message), List.of(), Requeue.retry(message), "CannotRemove");
  }

  private static SnapshotStatus stuck(SnapshotFacts facts, String message) {
    SnapshotStatus status = status(facts.snapshot());
    return SnapshotStatusBuilder.builder(status).conditions(ConditionSet.of(status.conditions()).withFalse(
        Conditions.SNAPSHOT_METADATA_UPLOADED, Conditions.FAILED_TO_UPLOAD_SNAPSHOT_METADATA,
        "the stored file could not be removed: " + message, facts.now()).items()).build();
  }

  private static List<String> leftBehind(SnapshotFacts facts) {
    return facts.data().stream().map(held -> switch (held) {
      case Held.Kept(var key, String why) -> "VolumeSnapshot " + key + " stays: " + why;
      case Held.Unseen(var key, String driver, String handle) -> "snapshot " + handle + " of driver " + driver
          + " stays, if it is still there: its VolumeSnapshot " + key + " is not in this cluster";
      default -> null;
    }).filter(Objects::nonNull).toList();
  }

  private static Decision<SnapshotStatus> release(Snapshot snapshot, List<String> leftBehind) {
    List<Effect> effects = new ArrayList<>();
    if (!leftBehind.isEmpty()) {
      effects.add(new Effect.Tell(Notice.warning(snapshot, "DataLeftBehind", String.join("; ", leftBehind))));
    }
    effects.add(new Effect.Patch(ResourceTypes.SNAPSHOTS, Metadata.key(snapshot), Metadata.withoutFinalizer(snapshot)));
    return new Decision<>(status(snapshot), effects, Requeue.settled(), "Released");
  }

  private static SnapshotStatus status(Snapshot snapshot) {
    return Optional.ofNullable(snapshot.getStatus()).orElseGet(() -> SnapshotStatusBuilder.builder().build());
  }
}
