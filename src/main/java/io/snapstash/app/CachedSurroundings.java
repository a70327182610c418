package io.snapstash.app;

import io.snapstash.admission.Surroundings;
import io.snapstash.api.BackupConfigurationSpec;
import io.snapstash.api.BackupStorage;
import io.snapstash.api.ObjectReference;
import io.snapstash.api.Repository;
import io.snapstash.api.RetentionPolicy;
import io.snapstash.api.UsagePolicy;
import io.snapstash.controller.Caches;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.RelatedRepositories;
import io.snapstash.controller.backupconfiguration.DefaultBackends;
import io.snapstash.domain.validation.Defaults;
import io.snapstash.domain.validation.UsageQuestion;
import io.snapstash.domain.validation.UsageRules;
import io.snapstash.engine.ResourceKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the webhooks ask of the cluster, answered from the caches of the controllers. */
final class CachedSurroundings implements Surroundings {
  private final Caches caches;

  CachedSurroundings(Caches caches) {
    this.caches = caches;
  }

  @Override
  public boolean watches(String namespace) {
    return caches.watched().include(namespace);
  }

  @Override
  public Collection<BackupStorage> storages() {
    return caches.storages.all();
  }

  @Override
  public Collection<RetentionPolicy> policies() {
    return caches.retentionPolicies.all();
  }

  @Override
  public List<Repository> repositories(String namespace, BackupConfigurationSpec configuration) {
    return RelatedRepositories.of(caches, namespace, configuration).stream()
        .filter(each -> each.getSpec() != null).toList();
  }

  @Override
  public Defaults defaults(String namespace) {
    return DefaultBackends.of(caches, namespace);
  }

  @Override
  public UsageQuestion usage(String namespace) {
    Map<String, String> labels = caches.namespaces.get(ResourceKey.clusterScoped(namespace))
        .map(Metadata::labels).orElse(Map.of());
    return (kind, reference) -> {
      ResourceKey key = new ResourceKey(reference.namespace(), reference.name());
      return switch (kind) {
        case BACKUP_STORAGE -> forbids(caches.storages.get(key)
            .map(each -> Optional.ofNullable(each.getSpec()).map(spec -> spec.usagePolicy())), reference, namespace,
            labels);
        case RETENTION_POLICY -> forbids(caches.retentionPolicies.get(key)
            .map(each -> Optional.ofNullable(each.getSpec()).map(spec -> spec.usagePolicy())), reference, namespace,
            labels);
        case HOOK_TEMPLATE -> forbids(caches.hookTemplates.get(key)
            .map(each -> Optional.ofNullable(each.getSpec()).map(spec -> spec.usagePolicy())), reference, namespace,
            labels);
      };
    };
  }

  private static boolean forbids(Optional<Optional<UsagePolicy>> found, ObjectReference reference, String user,
      Map<String, String> labels) {
    return found.filter(policy ->
        !UsageRules.allows(policy.orElse(null), reference.namespace(), user, labels)).isPresent();
  }
}
