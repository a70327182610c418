package io.snapstash.controller.restoresession;

import io.snapstash.api.BackupStorage;
import io.snapstash.api.Repository;
import io.snapstash.api.RestoreDataSource;
import io.snapstash.api.RestoreSession;
import io.snapstash.api.RestoreSessionSpec;
import io.snapstash.api.RestoreSessionSpecBuilder;
import io.snapstash.api.VolumeClaimTemplate;
import io.snapstash.controller.Caches;
import io.snapstash.controller.HookTemplates;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.References;
import io.snapstash.domain.validation.Consent;
import io.snapstash.domain.validation.RestoreSessionRules;
import io.snapstash.domain.validation.UsageRules;
import io.snapstash.domain.validation.Violation;
import io.snapstash.engine.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What makes a RestoreSession Invalid (behaviour 12.6, 8.3, 6.16). */
final class RestoreChecks {
  private RestoreChecks() {}

  static List<String> violations(Caches caches, RestoreSession restore) {
    RestoreSessionSpec spec = restore.getSpec();
    List<Violation> found = RestoreSessionRules.check(restore.getMetadata().getNamespace(),
        spec == null ? RestoreSessionSpecBuilder.builder().build() : spec,
        HookTemplates.question(caches, restore.getMetadata().getNamespace()));
    if (!found.isEmpty()) {
      return List.of(Violation.summary(found));
    }
    List<String> violations = new ArrayList<>();
    reached(restore).filter(namespace -> !namespace.isEmpty()).distinct()
        .filter(into -> !Consent.given(restore.getMetadata().getNamespace(), into, annotations(caches, into)))
        .forEach(into -> violations.add(isKnown(caches, into)
            ? Consent.missing(restore.getMetadata().getNamespace(), into) : Consent.unknown(into)));
    usage(caches, restore).ifPresent(violations::add);
    return violations;
  }

  /** Namespaces that the restore writes into. Reading a Snapshot elsewhere is the storage's usagePolicy's business. */
  private static Stream<String> reached(RestoreSession restore) {
    Stream<String> target = Optional.ofNullable(restore.getSpec().target()).map(found -> found.namespace()).stream();
    return Stream.concat(target, templates(restore).stream()
        .flatMap(template -> Optional.ofNullable(template.metadata()).map(meta -> meta.namespace()).stream()));
  }

  static List<VolumeClaimTemplate> templates(RestoreSession restore) {
    return Optional.ofNullable(restore.getSpec().addon()).map(addon -> addon.tasks()).orElse(List.of()).stream()
        .flatMap(task -> Optional.ofNullable(task.targetVolumes()).map(volumes -> volumes.volumeClaimTemplates())
            .orElse(List.of()).stream()).toList();
  }

  static String sourceNamespace(RestoreSession restore) {
    String named = restore.getSpec().dataSource().namespace();
    return named == null || named.isEmpty() ? restore.getMetadata().getNamespace() : named;
  }

  /** From another namespace, the BackupStorage must allow this one (8.3). */
  private static Optional<String> usage(Caches caches, RestoreSession restore) {
    String user = restore.getMetadata().getNamespace();
    String namespace = sourceNamespace(restore);
    if (namespace.equals(user)) {
      return Optional.empty();
    }
    RestoreDataSource source = restore.getSpec().dataSource();
    String repositoryName = source.repository() != null ? source.repository()
        : caches.snapshots.get(new ResourceKey(namespace, source.snapshot()))
            .map(snapshot -> snapshot.getSpec().repository()).orElse("");
    Optional<Repository> repository = caches.repositories.get(new ResourceKey(namespace, repositoryName));
    Optional<BackupStorage> storage = repository.flatMap(found -> caches.storages.get(References.storageOf(found)));
    boolean allowed = storage.filter(found -> UsageRules.allows(found.getSpec().usagePolicy(),
        found.getMetadata().getNamespace(), user, labels(caches, user))).isPresent();
    return allowed ? Optional.empty() : Optional.of("spec.dataSource.namespace: the BackupStorage behind Repository "
        + namespace + "/" + repositoryName + " does not allow namespace " + user + " to use it, or does not exist");
  }

  private static boolean isKnown(Caches caches, String namespace) {
    return caches.namespaces.get(ResourceKey.clusterScoped(namespace)).isPresent();
  }

  private static Map<String, String> annotations(Caches caches, String namespace) {
    return caches.namespaces.get(ResourceKey.clusterScoped(namespace)).map(Metadata::annotations).orElse(Map.of());
  }

  private static Map<String, String> labels(Caches caches, String namespace) {
    return caches.namespaces.get(ResourceKey.clusterScoped(namespace)).map(Metadata::labels).orElse(Map.of());
  }
}
