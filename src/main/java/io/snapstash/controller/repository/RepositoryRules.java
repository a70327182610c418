package io.snapstash.controller.repository;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Conditions;
import io.snapstash.api.Phases;
import io.snapstash.api.RecentSnapshot;
import io.snapstash.api.Repository;
import io.snapstash.api.RepositoryStatus;
import io.snapstash.api.RepositoryStatusBuilder;
import io.snapstash.api.Snapshot;
import io.snapstash.controller.Access;
import io.snapstash.controller.Components;
import io.snapstash.domain.phase.ConditionSet;
import io.snapstash.controller.Decision;
import io.snapstash.controller.Effect;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Notice;
import io.snapstash.domain.phase.StoragePhase;
import io.snapstash.engine.Requeue;
import io.snapstash.kube.DeleteOptions;
import io.snapstash.kube.ResourceTypes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The folder of an application: made (behaviour 6.3), summed up (6.15), given up (10.2). */
final class RepositoryRules {
  static final String WIPE_OUT = "WipeOut";
  private static final int RECENT = 5;

  private RepositoryRules() {}

  static Decision<RepositoryStatus> decide(RepositoryFacts facts) {
    Repository repository = facts.repository();
    if (Metadata.isDeleting(repository)) {
      return delete(facts);
    }
    if (Boolean.TRUE.equals(repository.getSpec().paused())) {
      return new Decision<>(status(repository), List.of(), Requeue.settled(), "Paused");
    }
    if (!Metadata.hasFinalizer(repository)) {
      return new Decision<>(status(repository), List.of(new Effect.Patch(ResourceTypes.REPOSITORIES,
          Metadata.key(repository), Metadata.withFinalizer(repository))), Requeue.settled(), "Marked");
    }
    RepositoryStatus status = RepositoryStatusBuilder.builder(summed(facts)).conditions(conditions(facts).items()).build();
    return new Decision<>(RepositoryStatusBuilder.builder(status).phase(StoragePhase.ofRepository(status.conditions())).build(),
        List.of(), requeue(facts), facts.access().getClass().getSimpleName());
  }

  /** The counts as they follow from the Snapshots, apart from conditions and phase. */
  static RepositoryStatus summed(RepositoryFacts facts) {
    List<Snapshot> living = facts.snapshots().stream().filter(snapshot -> !Metadata.isDeleting(snapshot))
        .sorted(newestFirst()).toList();
    List<RecentSnapshot> recent = living.stream().limit(RECENT).map(RepositoryRules::line).toList();
    Optional<Instant> last = living.stream()
        .filter(snapshot -> Phases.SUCCEEDED.equals(Components.phaseOf(snapshot)))
        .map(snapshot -> snapshot.getStatus().snapshotTime()).filter(Objects::nonNull).max(Comparator.naturalOrder());
    return RepositoryStatusBuilder.builder(status(facts.repository()))
        .snapshotCount(living.size())
        .recentSnapshots(recent.isEmpty() ? null : recent)
        .lastBackupTime(last.orElse(null)).build();
  }

  private static Comparator<Snapshot> newestFirst() {
    return Comparator.<Snapshot, String>comparing(snapshot -> snapshot.getMetadata().getCreationTimestamp())
        .thenComparing(snapshot -> String.valueOf(snapshot.getSpec().snapshotID())).reversed();
  }

  private static RecentSnapshot line(Snapshot snapshot) {
    String phase = Components.phaseOf(snapshot);
    return new RecentSnapshot(snapshot.getMetadata().getName(), snapshot.getSpec().session(), null,
        phase.isEmpty() ? Phases.PENDING : phase,
        snapshot.getStatus() == null ? null : snapshot.getStatus().snapshotTime());
  }

  private static ConditionSet conditions(RepositoryFacts facts) {
    ConditionSet conditions = ConditionSet.of(status(facts.repository()).conditions());
    return switch (facts.access()) {
      case Access.Granted() -> conditions.withTrue(Conditions.REPOSITORY_INITIALIZED,
          Conditions.REPOSITORY_INITIALIZATION_SUCCEEDED, "", facts.now());
      case Access.Untried(), Access.Underway _ -> conditions;
      case Access.SecretMissing(String message) -> failed(conditions, message, facts.now());
      case Access.SecretUnreadable(String message) -> failed(conditions, message, facts.now());
      case Access.Refused(String message, boolean _) -> conditions.isTrue(Conditions.REPOSITORY_INITIALIZED)
          ? conditions : failed(conditions, message, facts.now());
    };
  }

  private static ConditionSet failed(ConditionSet conditions, String message, Instant now) {
    return conditions.withFalse(Conditions.REPOSITORY_INITIALIZED,
        Conditions.REPOSITORY_INITIALIZATION_FAILED, message, now);
  }

  private static Requeue requeue(RepositoryFacts facts) {
    return switch (facts.access()) {
      case Access.Granted() -> Requeue.settled();
      case Access.Untried() -> Requeue.settled();
      case Access.Underway underway -> underway.requeue();
      case Access.SecretMissing(String _), Access.SecretUnreadable(String _) -> Requeue.after(facts.recheck());
      case Access.Refused(String message, boolean retryable) ->
          retryable ? Requeue.retry(message) : Requeue.settled();
    };
  }

  /** Its Snapshots go first, each told what that means for the data; then the folder, if it is to be wiped. */
  private static Decision<RepositoryStatus> delete(RepositoryFacts facts) {
    Repository repository = facts.repository();
    if (!Metadata.hasFinalizer(repository)) {
      return new Decision<>(status(repository), List.of(), Requeue.settled(), "Released");
    }
    if (!facts.snapshots().isEmpty()) {
      return new Decision<>(status(repository), deletions(facts), Requeue.settled(), "DeletingSnapshots");
    }
    if (!isWipeOut(repository)) {
      return release(repository, Optional.empty());
    }
    if (facts.storage().isEmpty()) {
      return release(repository, Optional.of("its BackupStorage no longer exists"));
    }
    return switch (facts.access()) {
      case Access.Granted() -> release(repository, Optional.empty());
      case Access.Untried() -> new Decision<>(status(repository), List.of(), Requeue.retry("not wiped"), "NotWiped");
      case Access.Underway underway -> new Decision<>(status(repository), List.of(), underway.requeue(), "Wiping");
      case Access.SecretMissing(String message) -> release(repository, Optional.of(message));
      case Access.SecretUnreadable(String message) -> notWiped(facts, message, Requeue.after(facts.recheck()));
      case Access.Refused(String message, boolean retryable) ->
          notWiped(facts, message, retryable ? Requeue.retry(message) : Requeue.after(facts.recheck()));
    };
  }

  private static Decision<RepositoryStatus> notWiped(RepositoryFacts facts, String message, Requeue requeue) {
    RepositoryStatus status = status(facts.repository());
    return new Decision<>(RepositoryStatusBuilder.builder(status).phase(Phases.NOT_READY).conditions(
        failed(ConditionSet.of(status.conditions()), "the stored data could not be removed: " + message, facts.now())
            .items()).build(), List.of(), requeue, "CannotWipe");
  }

  private static List<Effect> deletions(RepositoryFacts facts) {
    String policy = isWipeOut(facts.repository()) ? WIPE_OUT : "Delete";
    List<Effect> effects = new ArrayList<>();
    for (Snapshot snapshot : facts.snapshots()) {
      if (Metadata.isDeleting(snapshot)) {
        continue;
      }
      if (!policy.equals(snapshot.getSpec().deletionPolicy())) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("spec").put("deletionPolicy", policy);
        effects.add(new Effect.Patch(ResourceTypes.SNAPSHOTS, Metadata.key(snapshot), patch));
      }
      effects.add(new Effect.Delete(ResourceTypes.SNAPSHOTS, Metadata.key(snapshot),
          DeleteOptions.exactly(snapshot.getMetadata().getUid())));
    }
    return effects;
  }

  private static Decision<RepositoryStatus> release(Repository repository, Optional<String> leftBehind) {
    List<Effect> effects = new ArrayList<>();
    leftBehind.ifPresent(why -> effects.add(new Effect.Tell(Notice.warning(repository, "DataLeftBehind",
        "deleted without removing the data under " + repository.getSpec().path() + ": " + why))));
    effects.add(new Effect.Patch(ResourceTypes.REPOSITORIES, Metadata.key(repository),
        Metadata.withoutFinalizer(repository)));
    return new Decision<>(status(repository), effects, Requeue.settled(), "Released");
  }

  static boolean isWipeOut(Repository repository) {
    return WIPE_OUT.equals(repository.getSpec().deletionPolicy());
  }

  private static RepositoryStatus status(Repository repository) {
    return Optional.ofNullable(repository.getStatus()).orElseGet(() -> RepositoryStatusBuilder.builder().build());
  }
}
