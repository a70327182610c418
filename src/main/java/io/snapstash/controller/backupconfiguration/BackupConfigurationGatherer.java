package io.snapstash.controller.backupconfiguration;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.TypedObjectReference;
import io.snapstash.controller.Caches;
import io.snapstash.controller.ControllerSettings;
import io.snapstash.controller.JobAccounts;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Operator;
import io.snapstash.controller.RestorePause;
import io.snapstash.controller.Targets;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.Cache;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Everything comes from the caches; a pass over a BackupConfiguration reads nothing from the API server. */
final class BackupConfigurationGatherer {
  private static final TypedObjectReference NOTHING = new TypedObjectReference("", "", "", "");
  private final Operator operator;

  BackupConfigurationGatherer(Operator operator) {
    this.operator = operator;
  }

  BackupConfigurationFacts gather(BackupConfiguration configuration, Instant now) {
    Caches caches = operator.caches();
    ControllerSettings settings = operator.settings();
    boolean hasTarget = configuration.getSpec() != null && configuration.getSpec().target() != null
        && configuration.getSpec().target().kind() != null;
    TypedObjectReference target = hasTarget ? Targets.resolve(configuration) : NOTHING;
    return new BackupConfigurationFacts(configuration, now, target,
        caches.targetExists(String.valueOf(target.kind()), Targets.key(target)), namespaces(caches),
        byKey(caches.storages), byKey(caches.retentionPolicies), byName(caches.addons), byName(caches.functions),
        List.copyOf(caches.repositories.all()),
        caches.cronJobs.all().stream().filter(job -> Metadata.isControlledBy(job, configuration)).toList(),
        hasTarget ? RestorePause.of(caches, configuration) : Optional.empty(),
        JobAccounts.TRIGGER.ensure(caches, configuration.getMetadata().getNamespace()),
        new BackupConfigurationFacts.TriggerSettings(
            settings.image(), settings.proxyEnvironment()));
  }

  private static Map<String, BackupConfigurationFacts.NamespaceFacts> namespaces(Caches caches) {
    return caches.namespaces.all().stream().collect(Collectors.toMap(each -> each.getMetadata().getName(),
        each -> new BackupConfigurationFacts.NamespaceFacts(Metadata.labels(each), Metadata.annotations(each))));
  }

  private static <T extends HasMetadata> Map<ResourceKey, T> byKey(Cache<T> cache) {
    return cache.all().stream().collect(Collectors.toMap(Metadata::key, each -> each));
  }

  private static <T extends HasMetadata> Map<String, T> byName(Cache<T> cache) {
    return cache.all().stream().collect(Collectors.toMap(each -> each.getMetadata().getName(), each -> each));
  }
}
