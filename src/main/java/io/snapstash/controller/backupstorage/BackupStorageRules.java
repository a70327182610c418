package io.snapstash.controller.backupstorage;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.BackupStorage;
import io.snapstash.api.BackupStorageStatus;
import io.snapstash.api.BackupStorageStatusBuilder;
import io.snapstash.api.Condition;
import io.snapstash.api.Conditions;
import io.snapstash.api.Phases;
import io.snapstash.controller.Access;
import io.snapstash.domain.phase.ConditionSet;
import io.snapstash.controller.Decision;
import io.snapstash.controller.Effect;
import io.snapstash.controller.Features;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Notice;
import io.snapstash.domain.phase.StoragePhase;
import io.snapstash.engine.Requeue;
import io.snapstash.kube.DeleteOptions;
import io.snapstash.kube.ResourceType;
import io.snapstash.kube.ResourceTypes;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Ready or not, and why (behaviour 3.2, 6.1); what goes when the object is deleted (10.3, storage-layout 7). */
final class BackupStorageRules {
  static final String WIPE_OUT = "WipeOut";

  private BackupStorageRules() {}

  static Decision<BackupStorageStatus> decide(BackupStorageFacts facts) {
    BackupStorage storage = facts.storage();
    if (Metadata.isDeleting(storage)) {
      return delete(facts);
    }
    if (!Metadata.hasFinalizer(storage)) {
      return new Decision<>(status(storage), List.of(new Effect.Patch(ResourceTypes.BACKUP_STORAGES,
          Metadata.key(storage), Metadata.withFinalizer(storage))), Requeue.settled(), "Marked");
    }
    ConditionSet conditions = conditions(facts);
    BackupStorageStatus status = BackupStorageStatusBuilder.builder(status(storage))
        .conditions(conditions.items()).repositories(RepositoryList.of(facts)).build();
    return new Decision<>(BackupStorageStatusBuilder.builder(status).phase(StoragePhase.ofBackupStorage(status.conditions())).build(),
        List.of(), requeue(facts), facts.access().getClass().getSimpleName());
  }

  private static Requeue requeue(BackupStorageFacts facts) {
    return switch (facts.access()) {
      case Access.Granted(), Access.Untried() -> untilNextSync(facts);
      case Access.Underway underway -> underway.requeue();
      case Access.SecretMissing(String _), Access.SecretUnreadable(String _) -> Requeue.after(facts.recheck());
      case Access.Refused(String message, boolean retryable) ->
          retryable ? Requeue.retry(message) : Requeue.after(facts.recheck());
    };
  }

  private static Requeue untilNextSync(BackupStorageFacts facts) {
    return facts.sync().values().stream()
        .flatMap(state -> state instanceof SyncState.Failed failed ? Stream.of(failed.again()) : Stream.empty())
        .min(Comparator.naturalOrder()).map(again -> Requeue.after(Duration.between(facts.now(), again)))
        .orElse(Requeue.settled());
  }

  private static ConditionSet conditions(BackupStorageFacts facts) {
    ConditionSet conditions = Features.mark(ConditionSet.of(status(facts.storage()).conditions()),
        List.of(), facts.now());
    boolean named = secretName(facts.storage()).isPresent();
    return switch (facts.access()) {
      case Access.Granted() -> secretFound(conditions, named, facts).with(new Condition(Conditions.BACKEND_INITIALIZED,
          "True", null, facts.storage().getMetadata().getGeneration(), null,
          Conditions.BACKEND_INITIALIZATION_SUCCEEDED, initialisedAt(facts.storage())), facts.now());
      case Access.Untried(), Access.Underway _ -> conditions;
      case Access.SecretMissing(String message) -> conditions
          .withFalse(Conditions.BACKEND_SECRET_FOUND, Conditions.BACKEND_SECRET_NOT_AVAILABLE, message, facts.now());
      case Access.SecretUnreadable(String message) -> conditions
          .withFalse(Conditions.BACKEND_SECRET_FOUND, Conditions.BACKEND_SECRET_NOT_AVAILABLE, message, facts.now());
      case Access.Refused(String message, boolean _) -> secretFound(conditions, named, facts)
          .withFalse(Conditions.BACKEND_INITIALIZED, Conditions.BACKEND_INITIALIZATION_FAILED, message, facts.now());
    };
  }

  /** The message of a storage that is initialised; it also tells later whether the storage has moved since. */
  static String initialisedAt(BackupStorage storage) {
    return "the catalogue is in " + Place.describe(storage);
  }

  private static ConditionSet secretFound(ConditionSet conditions, boolean named, BackupStorageFacts facts) {
    return named
        ? conditions.withTrue(Conditions.BACKEND_SECRET_FOUND, Conditions.BACKEND_SECRET_AVAILABLE, "", facts.now())
        : conditions.without(Conditions.BACKEND_SECRET_FOUND);
  }

  /** Children first, then the data if that is wanted, the finalizer last. */
  private static Decision<BackupStorageStatus> delete(BackupStorageFacts facts) {
    BackupStorage storage = facts.storage();
    if (!Metadata.hasFinalizer(storage)) {
      return new Decision<>(status(storage), List.of(), Requeue.settled(), "Released");
    }
    List<Effect> effects = new ArrayList<>();
    facts.repositories().stream().filter(repository -> !Metadata.isDeleting(repository)).forEach(repository -> {
      if (!policy(storage).equals(repository.getSpec().deletionPolicy())) {
        effects.add(new Effect.Patch(ResourceTypes.REPOSITORIES, Metadata.key(repository), policyPatch(policy(storage))));
      }
      effects.add(deletion(ResourceTypes.REPOSITORIES, repository));
    });
    if (!facts.repositories().isEmpty()) {
      return new Decision<>(status(storage), effects, Requeue.settled(), "DeletingRepositories");
    }
    return switch (facts.access()) {
      case Access.Granted() -> release(storage, Optional.empty());
      case Access.Untried() -> release(storage, shared(facts));
      case Access.Underway underway -> new Decision<>(status(storage), List.of(), underway.requeue(), "Wiping");
      case Access.SecretMissing(String message) -> release(storage, Optional.of(message));
      case Access.SecretUnreadable(String message) ->
          new Decision<>(unreachable(facts, message), List.of(), Requeue.after(facts.recheck()), "CannotWipe");
      case Access.Refused(String message, boolean retryable) -> retryable
          ? new Decision<>(unreachable(facts, message), List.of(), Requeue.retry(message), "CannotWipe")
          : new Decision<>(unreachable(facts, message), List.of(), Requeue.after(facts.recheck()), "CannotWipe");
    };
  }

  /** Its Repositories have gone with their folders; what is left may as well be the neighbour's. */
  private static Optional<String> shared(BackupStorageFacts facts) {
    return facts.neighbour().filter(_ -> WIPE_OUT.equals(policy(facts.storage())))
        .map(neighbour -> "BackupStorage " + neighbour + " keeps its files in the same place");
  }

  private static BackupStorageStatus unreachable(BackupStorageFacts facts, String message) {
    ConditionSet conditions = ConditionSet.of(status(facts.storage()).conditions()).withFalse(
        Conditions.BACKEND_INITIALIZED, Conditions.BACKEND_INITIALIZATION_FAILED,
        "the stored data could not be removed: " + message, facts.now());
    return BackupStorageStatusBuilder.builder(status(facts.storage())).conditions(conditions.items())
        .phase(Phases.NOT_READY).build();
  }

  private static Decision<BackupStorageStatus> release(BackupStorage storage, Optional<String> leftBehind) {
    List<Effect> effects = new ArrayList<>();
    leftBehind.ifPresent(why -> effects.add(new Effect.Tell(
        Notice.warning(storage, "DataLeftBehind", "deleted without removing the stored data: " + why))));
    effects.add(new Effect.Patch(ResourceTypes.BACKUP_STORAGES, Metadata.key(storage),
        Metadata.withoutFinalizer(storage)));
    return new Decision<>(status(storage), effects, Requeue.settled(), "Released");
  }

  static String policy(BackupStorage storage) {
    return WIPE_OUT.equals(storage.getSpec().deletionPolicy()) ? WIPE_OUT : "Delete";
  }

  static ObjectNode policyPatch(String policy) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("spec").put("deletionPolicy", policy);
    return patch;
  }

  private static Effect deletion(ResourceType<? extends HasMetadata> type, HasMetadata object) {
    return new Effect.Delete(type, Metadata.key(object), DeleteOptions.exactly(object.getMetadata().getUid()));
  }

  static Optional<String> secretName(BackupStorage storage) {
    return Optional.ofNullable(storage.getSpec()).map(spec -> spec.storage()).flatMap(backend ->
        Optional.ofNullable(switch (Optional.ofNullable(backend.provider()).orElse("")) {
          case "s3" -> backend.s3() == null ? null : backend.s3().secretName();
          case "gcs" -> backend.gcs() == null ? null : backend.gcs().secretName();
          case "azure" -> backend.azure() == null ? null : backend.azure().secretName();
          default -> null;
        })).filter(name -> !name.isEmpty());
  }

  private static BackupStorageStatus status(BackupStorage storage) {
    return Optional.ofNullable(storage.getStatus()).orElseGet(() -> BackupStorageStatusBuilder.builder().build());
  }
}
