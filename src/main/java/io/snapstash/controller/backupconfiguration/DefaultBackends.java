package io.snapstash.controller.backupconfiguration;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.BackupConfigurationSpec;
import io.snapstash.api.ObjectReference;
import io.snapstash.controller.Caches;
import io.snapstash.controller.Metadata;
import io.snapstash.domain.validation.Candidate;
import io.snapstash.domain.validation.Defaults;
import io.snapstash.engine.ResourceKey;
import java.util.List;
import java.util.Map;

/** The default storage and retention policy of a namespace, from the caches (behaviour 4.1, 4.2). */
public final class DefaultBackends {
  private DefaultBackends() {}

  /** Those that the namespace would be given now; what is on its way out is no default. */
  public static Defaults of(Caches caches, String namespace) {
    Map<String, String> labels = caches.namespaces.get(ResourceKey.clusterScoped(namespace))
        .map(Metadata::labels).orElse(Map.of());
    List<Candidate> storages = caches.storages.all().stream()
        .filter(each -> each.getSpec() != null && Boolean.TRUE.equals(each.getSpec().isDefault()))
        .filter(each -> !Metadata.isDeleting(each))
        .map(each -> new Candidate(reference(each), each.getSpec().usagePolicy())).toList();
    List<Candidate> policies = caches.retentionPolicies.all().stream()
        .filter(each -> each.getSpec() != null && Boolean.TRUE.equals(each.getSpec().isDefault()))
        .filter(each -> !Metadata.isDeleting(each))
        .map(each -> new Candidate(reference(each), each.getSpec().usagePolicy())).toList();
    return new Defaults(namespace, labels, storages, policies);
  }

  /** The same object if nothing was left out. */
  static BackupConfiguration fill(Caches caches, BackupConfiguration stored) {
    if (!mayNeed(stored)) {
      return stored;
    }
    BackupConfigurationSpec filled = of(caches, stored.getMetadata().getNamespace()).fill(stored.getSpec());
    if (filled == stored.getSpec()) {
      return stored;
    }
    BackupConfiguration effective = new BackupConfiguration();
    effective.setMetadata(stored.getMetadata());
    effective.setSpec(filled);
    effective.setStatus(stored.getStatus());
    return effective;
  }

  static boolean mayNeed(BackupConfiguration configuration) {
    return configuration.getSpec() != null && (ConfigurationParts.backends(configuration).isEmpty()
        || ConfigurationParts.backends(configuration).stream().anyMatch(each -> each.retentionPolicy() == null));
  }

  private static ObjectReference reference(HasMetadata object) {
    return new ObjectReference(object.getMetadata().getNamespace(), object.getMetadata().getName());
  }
}
