package io.snapstash.controller.backupconfiguration;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.BackupConfigurationStatus;
import io.snapstash.api.Repository;
import io.snapstash.api.RepositoryInfo;
import io.snapstash.api.Session;
import io.snapstash.controller.Decision;
import io.snapstash.controller.Effect;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.References;
import io.snapstash.controller.Targets;
import io.snapstash.engine.Requeue;
import io.snapstash.kube.DeleteOptions;
import io.snapstash.kube.ResourceTypes;
import java.util.ArrayList;
import java.util.List;

/**
 * The end of a BackupConfiguration (behaviour 10.4): its Repositories follow the policy written beside their names;
 * Retain, or nothing, leaves them, and so does another BackupConfiguration that uses the same one. CronJobs and runs go
 * by ownership.
 */
final class Departure {
  private Departure() {}

  static Decision<BackupConfigurationStatus> decide(BackupConfigurationFacts facts) {
    BackupConfiguration configuration = facts.configuration();
    if (!Metadata.hasFinalizer(configuration)) {
      return new Decision<>(ConfigurationParts.status(configuration), List.of(), Requeue.settled(), "Released");
    }
    if (!facts.frozen().isEmpty()) {
      return thaw(facts);
    }
    List<Effect> effects = new ArrayList<>();
    for (Session session : ConfigurationParts.sessions(configuration)) {
      for (RepositoryInfo info : ConfigurationParts.repositories(session)) {
        ConfigurationChecks.repository(facts, info.name())
            .filter(repository -> isOurs(facts, info, repository) && !facts.usedElsewhere().contains(info.name()))
            .ifPresent(repository -> effects.addAll(removal(info, repository)));
      }
    }
    effects.add(new Effect.Patch(ResourceTypes.BACKUP_CONFIGURATIONS, Metadata.key(configuration),
        Metadata.withoutFinalizer(configuration)));
    return new Decision<>(ConfigurationParts.status(configuration), effects, Requeue.settled(), "Released");
  }

  /** The runs would go with it anyway; they go first, while it is still known how to end what their hooks began. */
  private static Decision<BackupConfigurationStatus> thaw(BackupConfigurationFacts facts) {
    List<Effect> deletions = facts.frozen().stream().filter(run -> !Metadata.isDeleting(run))
        .<Effect>map(run -> new Effect.Delete(ResourceTypes.BACKUP_SESSIONS, Metadata.key(run),
            DeleteOptions.exactly(run.getMetadata().getUid()))).toList();
    return new Decision<>(ConfigurationParts.status(facts.configuration()), deletions, Requeue.settled(), "AwaitsHooks");
  }

  /** Same application, same storage: a Repository that merely bears the name is not ours to remove. */
  private static boolean isOurs(BackupConfigurationFacts facts, RepositoryInfo info, Repository repository) {
    BackupConfiguration configuration = facts.configuration();
    return !Metadata.isDeleting(repository)
        && Targets.resolve(repository.getSpec().appRef(), repository.getMetadata().getNamespace()).equals(facts.target())
        && RepositoryManifest.backend(configuration, info)
            .map(backend -> References.resolve(backend.storageRef(), configuration))
            .filter(References.storageOf(repository)::equals).isPresent();
  }

  private static List<Effect> removal(RepositoryInfo info, Repository repository) {
    if (!"Delete".equals(info.deletionPolicy()) && !"WipeOut".equals(info.deletionPolicy())) {
      return List.of();
    }
    List<Effect> effects = new ArrayList<>();
    if (!info.deletionPolicy().equals(repository.getSpec().deletionPolicy())) {
      ObjectNode patch = JsonNodeFactory.instance.objectNode();
      patch.putObject("spec").put("deletionPolicy", info.deletionPolicy());
      effects.add(new Effect.Patch(ResourceTypes.REPOSITORIES, Metadata.key(repository), patch));
    }
    effects.add(new Effect.Delete(ResourceTypes.REPOSITORIES, Metadata.key(repository),
        DeleteOptions.exactly(repository.getMetadata().getUid())));
    return effects;
  }
}
