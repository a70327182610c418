package io.snapstash.controller.backupconfiguration;

import io.snapstash.api.BackendReference;
import io.snapstash.api.BackendStatus;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.BackupConfigurationStatus;
import io.snapstash.api.BackupConfigurationStatusBuilder;
import io.snapstash.api.BackupStorage;
import io.snapstash.api.Conditions;
import io.snapstash.api.ObjectReference;
import io.snapstash.api.Phases;
import io.snapstash.api.Repository;
import io.snapstash.api.RepositoryInfo;
import io.snapstash.api.RepositoryPhase;
import io.snapstash.api.ResourceFoundStatus;
import io.snapstash.api.RetentionPolicy;
import io.snapstash.api.RetentionRefStatus;
import io.snapstash.api.Session;
import io.snapstash.api.SessionStatus;
import io.snapstash.api.StorageRefStatus;
import io.snapstash.domain.phase.ConditionSet;
import io.snapstash.domain.template.TaskResolution;
import io.snapstash.controller.Decision;
import io.snapstash.controller.Effect;
import io.snapstash.controller.Features;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.References;
import io.snapstash.domain.feature.UnavailableFeatures;
import io.snapstash.domain.phase.BackupConfigurationPhase;
import io.snapstash.engine.Requeue;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.ResourceTypes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a BackupConfiguration leads to: conditions, Repositories, CronJobs and the first run. */
final class BackupConfigurationRules {
  private BackupConfigurationRules() {}

  static Decision<BackupConfigurationStatus> decide(BackupConfigurationFacts facts) {
    BackupConfiguration configuration = facts.configuration();
    if (Metadata.isDeleting(configuration)) {
      return Departure.decide(facts);
    }
    if (!Metadata.hasFinalizer(configuration)) {
      return new Decision<>(ConfigurationParts.status(configuration), List.of(new Effect.Patch(ResourceTypes.BACKUP_CONFIGURATIONS,
          Metadata.key(configuration), Metadata.withFinalizer(configuration))), Requeue.settled(), "Marked");
    }
    List<String> violations = ConfigurationChecks.violations(facts);
    ConditionSet conditions = Features.mark(conditions(facts), UnavailableFeatures.of(configuration.getSpec()), facts.now());
    if (!violations.isEmpty()) {
      BackupConfigurationStatus status = BackupConfigurationStatusBuilder.builder(ConfigurationParts.status(configuration))
          .conditions(conditions.withFalse(Conditions.VALIDATION_PASSED, Conditions.RESOURCE_VALIDATION_FAILED,
              String.join("; ", violations), facts.now()).items())
          .phase(Phases.INVALID).build();
      return new Decision<>(status, List.of(), Requeue.settled(), "Invalid");
    }
    return valid(facts, conditions.withTrue(
        Conditions.VALIDATION_PASSED, Conditions.RESOURCE_VALIDATION_PASSED, "", facts.now()));
  }

  private static Decision<BackupConfigurationStatus> valid(BackupConfigurationFacts facts, ConditionSet checked) {
    List<Effect> effects = new ArrayList<>(facts.account());
    effects.addAll(repositoryEffects(facts));
    effects.addAll(Schedules.effects(facts));
    ConditionSet conditions = dependenciesFound(targetFound(checked, facts), facts);
    BackupConfigurationStatus planned = BackupConfigurationStatusBuilder.builder(ConfigurationParts.status(facts.configuration()))
        .targetFound(facts.targetFound().orElse(false))
        .backends(backendStatuses(facts))
        .repositories(repositoryPhases(facts))
        .dependencies(dependencies(facts))
        .sessions(Schedules.statuses(facts))
        .conditions(conditions.items()).build();
    BackupConfigurationStatus status = BackupConfigurationStatusBuilder.builder(planned)
        .phase(BackupConfigurationPhase.of(facts.configuration().getSpec(), planned)).build();
    FirstRun first = FirstRun.of(facts, status);
    effects.addAll(first.effects());
    return new Decision<>(BackupConfigurationStatusBuilder.builder(status).sessions(first.sessions()).build(), effects,
        Schedules.untilNext(facts, first.again()), status.phase());
  }

  /** A failed effect shows where a person looks for it: at the session whose CronJob or run it was. */
  static BackupConfigurationStatus afterFailure(BackupConfigurationFacts facts, Effect failed, String message) {
    BackupConfigurationStatus status = ConfigurationParts.status(facts.configuration());
    List<SessionStatus> sessions = Schedules.failed(facts, failed, message);
    BackupConfigurationStatus planned = BackupConfigurationStatusBuilder.builder(status).sessions(sessions).build();
    return BackupConfigurationStatusBuilder.builder(planned)
        .phase(BackupConfigurationPhase.of(facts.configuration().getSpec(), planned)).build();
  }

  private static ConditionSet targetFound(ConditionSet conditions, BackupConfigurationFacts facts) {
    String name = facts.target().kind() + " " + facts.target().namespace() + "/" + facts.target().name();
    if (facts.targetFound().isEmpty()) {
      return conditions.withFalse(Conditions.TARGET_FOUND, Conditions.TARGET_NOT_FOUND,
          "this version cannot back up a " + facts.target().kind() + "; it knows PersistentVolumeClaim, Deployment, "
              + "StatefulSet, DaemonSet, ReplicaSet and ReplicationController", facts.now());
    }
    return facts.targetFound().get()
        ? conditions.withTrue(Conditions.TARGET_FOUND, Conditions.TARGET_FOUND, "", facts.now())
        : conditions.withFalse(Conditions.TARGET_FOUND, Conditions.TARGET_NOT_FOUND, name + " does not exist",
            facts.now());
  }

  private static List<ResourceFoundStatus> dependencies(BackupConfigurationFacts facts) {
    return ConfigurationChecks.tasks(facts).stream().flatMap(resolution -> resolution.dependencies().stream())
        .distinct().toList();
  }

  private static ConditionSet dependenciesFound(ConditionSet conditions, BackupConfigurationFacts facts) {
    Optional<TaskResolution.MissingPart> missing = ConfigurationChecks.tasks(facts).stream()
        .flatMap(resolution -> resolution.missing().stream()).findFirst();
    if (missing.isPresent()) {
      return conditions.withFalse(Conditions.DEPENDENCIES_FOUND, missing.get().reason(), missing.get().message(),
          facts.now());
    }
    Optional<ResourceKey> storage = ConfigurationParts.backends(facts.configuration()).stream()
        .map(backend -> References.resolve(backend.storageRef(), facts.configuration()))
        .filter(key -> !facts.storages().containsKey(key)).findFirst();
    return storage.map(key -> conditions.withFalse(Conditions.DEPENDENCIES_FOUND, Conditions.STORAGE_NOT_FOUND,
            "BackupStorage " + key + " does not exist", facts.now()))
        .orElseGet(() -> conditions.withTrue(Conditions.DEPENDENCIES_FOUND, Conditions.DEPENDENCIES_FOUND, "",
            facts.now()));
  }

  private static List<BackendStatus> backendStatuses(BackupConfigurationFacts facts) {
    return ConfigurationParts.backends(facts.configuration()).stream().map(backend -> backendStatus(facts, backend)).toList();
  }

  private static BackendStatus backendStatus(BackupConfigurationFacts facts, BackendReference backend) {
    StorageRefStatus storage = storageStatus(facts, backend);
    RetentionRefStatus retention = retentionStatus(facts, backend);
    boolean ready = Phases.READY.equals(storage.phase()) && storage.reason() == null
        && (retention == null || retention.reason() == null);
    return new BackendStatus(backend.name(), ready, storage, retention);
  }

  private static StorageRefStatus storageStatus(BackupConfigurationFacts facts, BackendReference backend) {
    ResourceKey key = References.resolve(backend.storageRef(), facts.configuration());
    BackupStorage storage = facts.storages().get(key);
    String phase = storage == null ? Phases.NOT_READY
        : Optional.ofNullable(storage.getStatus()).map(status -> status.phase()).orElse(Phases.NOT_READY);
    String reason = null;
    if (storage == null) {
      reason = "BackupStorage " + key + " does not exist";
    } else if (Metadata.isDeleting(storage)) {
      reason = "BackupStorage " + key + " is being deleted";
    } else if (!ConfigurationChecks.mayUse(facts, storage.getSpec().usagePolicy(), key.namespace())) {
      reason = "the usagePolicy of BackupStorage " + key + " does not allow namespace "
          + facts.configuration().getMetadata().getNamespace();
    } else if (!Phases.READY.equals(phase)) {
      reason = "BackupStorage " + key + " is not Ready";
    }
    return new StorageRefStatus(reference(key), phase, reason);
  }

  private static RetentionRefStatus retentionStatus(BackupConfigurationFacts facts, BackendReference backend) {
    if (backend.retentionPolicy() == null) {
      return null;
    }
    ResourceKey key = References.resolve(backend.retentionPolicy(), facts.configuration());
    RetentionPolicy policy = facts.policies().get(key);
    String reason = null;
    if (policy == null) {
      reason = "RetentionPolicy " + key + " does not exist";
    } else if (!ConfigurationChecks.mayUse(facts, policy.getSpec().usagePolicy(), key.namespace())) {
      reason = "the usagePolicy of RetentionPolicy " + key + " does not allow namespace "
          + facts.configuration().getMetadata().getNamespace();
    }
    return new RetentionRefStatus(reference(key), policy != null, reason);
  }

  private static ObjectReference reference(ResourceKey key) {
    return new ObjectReference(key.namespace(), key.name());
  }

  private static List<Effect> repositoryEffects(BackupConfigurationFacts facts) {
    List<Effect> effects = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (Session session : ConfigurationParts.sessions(facts.configuration())) {
      for (RepositoryInfo info : ConfigurationParts.repositories(session)) {
        if (seen.add(info.name()) && ConfigurationChecks.repository(facts, info.name()).isEmpty()) {
          RepositoryManifest.of(facts, info).ifPresent(effects::add);
        }
      }
    }
    return effects;
  }

  private static List<RepositoryPhase> repositoryPhases(BackupConfigurationFacts facts) {
    return ConfigurationParts.sessions(facts.configuration()).stream().flatMap(session -> ConfigurationParts.repositories(session).stream())
        .map(RepositoryInfo::name).distinct().map(name -> phase(facts, name)).toList();
  }

  private static RepositoryPhase phase(BackupConfigurationFacts facts, String name) {
    Optional<Repository> repository = ConfigurationChecks.repository(facts, name);
    String phase = repository.map(Repository::getStatus).map(status -> status.phase()).orElse(Phases.NOT_READY);
    String reason = repository.map(Repository::getStatus).flatMap(status ->
            ConditionSet.of(status.conditions()).find(Conditions.REPOSITORY_INITIALIZED))
        .filter(condition -> "False".equals(condition.status())).map(condition -> condition.message()).orElse(null);
    return new RepositoryPhase(name, phase, reason, null);
  }

  private static ConditionSet conditions(BackupConfigurationFacts facts) {
    return ConditionSet.of(ConfigurationParts.status(facts.configuration()).conditions());
  }
}
