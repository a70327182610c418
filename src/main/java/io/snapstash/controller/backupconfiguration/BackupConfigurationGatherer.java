package io.snapstash.controller.backupconfiguration;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.BackupSession;
import io.snapstash.api.Conditions;
import io.snapstash.api.RepositoryInfo;
import io.snapstash.api.TypedObjectReference;
import io.snapstash.controller.Caches;
import io.snapstash.controller.ControllerSettings;
import io.snapstash.controller.HookTemplates;
import io.snapstash.controller.JobAccounts;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Operator;
import io.snapstash.controller.References;
import io.snapstash.controller.RelatedRepositories;
import io.snapstash.controller.RestorePause;
import io.snapstash.controller.Targets;
import io.snapstash.domain.Absent;
import io.snapstash.domain.phase.ConditionSet;
import io.snapstash.domain.target.ClaimFinder;
import io.snapstash.domain.target.Target;
import io.snapstash.domain.target.TargetClaims;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.Cache;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Everything comes from the caches, but for the target itself while its first run is to come. */
final class BackupConfigurationGatherer {
  private static final TypedObjectReference NOTHING = new TypedObjectReference("", "", "", "");
  private static final String BIND_COMPLETED = "pv.kubernetes.io/bind-completed";

  private final Operator operator;

  BackupConfigurationGatherer(Operator operator) {
    this.operator = operator;
  }

  /** The spec in the facts has the defaults that admission would have written (behaviour 4.1); nobody stores them. */
  Future<BackupConfigurationFacts> gather(BackupConfiguration stored, Instant now) {
    BackupConfiguration configuration = DefaultBackends.fill(operator.caches(), stored);
    return unbound(configuration).map(unbound -> facts(configuration, now, unbound));
  }

  private BackupConfigurationFacts facts(BackupConfiguration configuration, Instant now, List<String> unbound) {
    Caches caches = operator.caches();
    ControllerSettings settings = operator.settings();
    boolean hasTarget = hasTarget(configuration);
    TypedObjectReference target = hasTarget ? Targets.resolve(configuration) : NOTHING;
    return new BackupConfigurationFacts(configuration, now, target,
        caches.targetExists(String.valueOf(target.kind()), Targets.key(target)), unbound,
        namespaces(caches), byKey(caches.storages), byKey(caches.retentionPolicies),
        byName(caches.addons), byName(caches.functions),
        configuration.getSpec() == null ? List.of()
            : RelatedRepositories.of(caches, configuration.getMetadata().getNamespace(), configuration.getSpec()),
        usedElsewhere(configuration), caches.cronJobsByOwner.get(configuration.getMetadata().getUid()),
        hasTarget ? RestorePause.of(caches, configuration) : Optional.empty(), frozen(configuration),
        HookTemplates.question(caches, configuration.getMetadata().getNamespace()),
        JobAccounts.TRIGGER.ensure(caches, configuration.getMetadata().getNamespace()),
        new BackupConfigurationFacts.TriggerSettings(
            settings.image(), settings.proxyEnvironment(), settings.jobRequests()));
  }

  private List<BackupSession> frozen(BackupConfiguration configuration) {
    return !Metadata.isDeleting(configuration) ? List.of()
        : operator.caches().sessionsByInvoker.get(Metadata.key(configuration).toString()).stream()
            .filter(run -> run.getStatus() != null && run.getStatus().hooks() != null
                && !Absent.list(run.getStatus().hooks().preHooks()).isEmpty()
                && !ConditionSet.of(run.getStatus().conditions()).has(Conditions.METRICS_PUSHED)).toList();
  }

  /** Only one for the same application and storage can use it; another that bears the name is in conflict with it. */
  private Set<String> usedElsewhere(BackupConfiguration configuration) {
    if (!Metadata.isDeleting(configuration) || !hasTarget(configuration)) {
      return Set.of();
    }
    return operator.caches().configurations.all().stream()
        .filter(other -> !Metadata.isDeleting(other) && hasTarget(other)
            && other.getMetadata().getNamespace().equals(configuration.getMetadata().getNamespace())
            && Targets.resolve(other).equals(Targets.resolve(configuration)))
        .flatMap(other -> ConfigurationParts.sessions(other).stream()
            .flatMap(session -> ConfigurationParts.repositories(session).stream())
            .filter(info -> mayUse(other, info)).map(RepositoryInfo::name))
        .collect(Collectors.toSet());
  }

  private boolean mayUse(BackupConfiguration configuration, RepositoryInfo info) {
    return operator.caches().repositories.get(new ResourceKey(configuration.getMetadata().getNamespace(), info.name()))
        .map(References::storageOf).filter(storage -> RepositoryManifest.backend(configuration, info)
            .filter(backend -> References.resolve(backend.storageRef(), configuration).equals(storage)).isPresent())
        .isPresent();
  }

  private static boolean hasTarget(BackupConfiguration configuration) {
    return configuration.getSpec() != null && configuration.getSpec().target() != null
        && configuration.getSpec().target().kind() != null;
  }

  private Future<List<String>> unbound(BackupConfiguration configuration) {
    if (Metadata.isDeleting(configuration) || !hasTarget(configuration) || !FirstRun.isDue(configuration)) {
      return Future.succeededFuture(List.of());
    }
    TypedObjectReference target = Targets.resolve(configuration);
    return Targets.read(operator.kube(), target).map(found -> found.stream()
        .flatMap(workload -> Target.of(target, target.namespace()).knownKind().stream()
            .flatMap(kind -> ClaimFinder.find(kind, workload, Set.of()).components().stream()))
        .flatMap(component -> component.claims().stream()).map(TargetClaims.Claim::name).distinct()
        .filter(claim -> !isBound(new ResourceKey(target.namespace(), claim))).toList());
  }

  /** The claims are followed by their metadata alone, which tell of the volume by this annotation of the binder. */
  private boolean isBound(ResourceKey claim) {
    return operator.caches().targets.get("PersistentVolumeClaim").get(claim)
        .filter(found -> !Metadata.annotation(found, BIND_COMPLETED).isEmpty()).isPresent();
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
