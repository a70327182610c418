package io.snapstash.controller.backupconfiguration;

import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.BackupConfigurationStatus;
import io.snapstash.api.Phases;
import io.snapstash.api.Session;
import io.snapstash.controller.Caches;
import io.snapstash.controller.Decision;
import io.snapstash.controller.EffectFailure;
import io.snapstash.controller.KindVerticle;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Operator;
import io.snapstash.controller.References;
import io.snapstash.controller.Targets;
import io.snapstash.domain.Absent;
import io.snapstash.engine.Reconciliation;
import io.snapstash.engine.Requeue;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.ResourceTypes;
import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Checks a BackupConfiguration and keeps its Repositories and CronJobs (behaviour 6.2-6.5). */
public final class BackupConfigurationVerticle extends KindVerticle<BackupConfiguration> {
  private final BackupConfigurationGatherer gatherer;

  public BackupConfigurationVerticle(Operator operator) {
    super(operator, operator.caches().configurations);
    this.gatherer = new BackupConfigurationGatherer(operator);
  }

  @Override
  protected void listen() {
    Caches caches = operator.caches();
    wake(caches.cronJobs, this::owner);
    wake(caches.backupSessions, run -> owner(run).filter(key ->
        caches.configurations.get(key).filter(Metadata::isDeleting).isPresent()));
    wake(caches.cronJobs, cronJob -> using(configuration -> cronJobs(configuration)
        .contains(configuration.getMetadata().getNamespace() + "/" + cronJob.getMetadata().getName())));
    wake(caches.storages, storage -> using(configuration -> DefaultBackends.mayNeed(configuration)
        || storages(configuration).contains(Metadata.key(storage))));
    wake(caches.retentionPolicies, policy -> using(configuration ->
        DefaultBackends.mayNeed(configuration) || policies(configuration).contains(Metadata.key(policy))));
    wake(caches.repositories, repository -> using(configuration ->
        configuration.getMetadata().getNamespace().equals(repository.getMetadata().getNamespace())
            && repositories(configuration).contains(repository.getMetadata().getName())));
    wake(caches.hookTemplates, template -> using(configuration ->
        hookTemplates(configuration).contains(Metadata.key(template))));
    wake(caches.addons, addon -> using(configuration -> addons(configuration).contains(addon.getMetadata().getName())));
    wake(caches.functions, _ -> using(BackupConfigurationVerticle::lacksSomething));
    wake(caches.restoreSessions, restore -> using(configuration -> restore.getSpec() != null
        && restore.getSpec().target() != null && Targets.resolve(configuration).equals(
            Targets.resolve(restore.getSpec().target(), restore.getMetadata().getNamespace()))));
    caches.targets.forEach((kind, cache) -> wake(cache, object -> using(configuration ->
        kind.equals(configuration.getSpec().target() == null ? "" : configuration.getSpec().target().kind())
            && Targets.key(Targets.resolve(configuration)).equals(Metadata.key(object)))));
    wake(caches.targets.get("PersistentVolumeClaim"), claim -> using(configuration -> FirstRun.isDue(configuration)
        && Targets.resolve(configuration).namespace().equals(claim.getMetadata().getNamespace())));
    caches.repositories.onChange((_, after) -> {
      if (after.isEmpty()) {
        using(BackupConfigurationVerticle::isInvalid).forEach(key -> offer(key, "Repository"));
      }
    });
    caches.namespaces.onChange((before, after) -> {
      boolean same = before.isPresent() && after.isPresent()
          && Metadata.labels(before.get()).equals(Metadata.labels(after.get()))
          && Metadata.annotations(before.get()).equals(Metadata.annotations(after.get()));
      if (!same) {
        using(_ -> true).forEach(key -> offer(key, "Namespace"));
      }
    });
  }

  @Override
  protected Future<Requeue> reconcile(Reconciliation run, BackupConfiguration configuration) {
    return gatherer.gather(configuration, operator.time().now())
        .compose(facts -> act(run, configuration, facts));
  }

  private Future<Requeue> act(
      Reconciliation run, BackupConfiguration configuration, BackupConfigurationFacts facts) {
    Decision<BackupConfigurationStatus> decision = BackupConfigurationRules.decide(facts);
    return operator.effects().perform(decision.effects())
        .compose(_ -> write(run, configuration, decision.status(), decision.reason()))
        .map(decision.requeue())
        .recover(failure -> failure instanceof EffectFailure known
            ? report(run, facts, known) : Future.failedFuture(failure));
  }

  private Future<Requeue> report(Reconciliation run, BackupConfigurationFacts facts, EffectFailure failure) {
    return write(run, facts.configuration(),
        BackupConfigurationRules.afterFailure(facts, failure.effect(), failure.getMessage()), "EffectFailed")
        .compose(_ -> failure.retryHelps() ? Future.failedFuture(failure)
            : Future.succeededFuture(Requeue.settled()));
  }

  private Future<Void> write(
      Reconciliation run, BackupConfiguration configuration, BackupConfigurationStatus status, String reason) {
    return operator.statuses().write(run, ResourceTypes.BACKUP_CONFIGURATIONS, configuration, status, reason);
  }

  private Stream<ResourceKey> using(Predicate<BackupConfiguration> concerned) {
    return operator.caches().configurations.all().stream()
        .filter(configuration -> configuration.getSpec() != null && configuration.getSpec().target() != null)
        .filter(concerned).map(Metadata::key);
  }

  private static List<ResourceKey> storages(BackupConfiguration configuration) {
    return ConfigurationParts.backends(configuration).stream()
        .map(backend -> References.resolve(backend.storageRef(), configuration)).toList();
  }

  private static List<ResourceKey> policies(BackupConfiguration configuration) {
    return ConfigurationParts.backends(configuration).stream()
        .map(backend -> References.resolve(backend.retentionPolicy(), configuration)).toList();
  }

  private static List<ResourceKey> hookTemplates(BackupConfiguration configuration) {
    return ConfigurationParts.sessions(configuration).stream().map(Session::hooks).filter(Objects::nonNull)
        .flatMap(hooks -> Stream.concat(Absent.list(hooks.preBackup()).stream(), Absent.list(hooks.postBackup()).stream()))
        .filter(hook -> hook.hookTemplate() != null)
        .map(hook -> References.resolve(hook.hookTemplate(), configuration)).toList();
  }

  private static List<String> repositories(BackupConfiguration configuration) {
    return ConfigurationParts.sessions(configuration).stream()
        .flatMap(session -> ConfigurationParts.repositories(session).stream()).map(info -> info.name()).toList();
  }

  /** A CronJob of that name that goes may be the one that was in the way. */
  private static List<String> cronJobs(BackupConfiguration configuration) {
    return ConfigurationParts.sessions(configuration).stream().filter(session -> session.name() != null)
        .map(session -> configuration.getMetadata().getNamespace() + "/"
            + Schedules.cronJobName(configuration, session)).toList();
  }

  private static List<String> addons(BackupConfiguration configuration) {
    return ConfigurationParts.sessions(configuration).stream()
        .flatMap(session -> Optional.ofNullable(session.addon()).stream()).map(addon -> addon.name()).toList();
  }

  /** The directory of a Repository that goes, of whatever name and namespace, may be what was taken. */
  private static boolean isInvalid(BackupConfiguration configuration) {
    return configuration.getStatus() != null && Phases.INVALID.equals(configuration.getStatus().phase());
  }

  private static boolean lacksSomething(BackupConfiguration configuration) {
    return configuration.getStatus() == null || Optional.ofNullable(configuration.getStatus().dependencies())
        .orElse(List.of()).stream().anyMatch(dependency -> !Boolean.TRUE.equals(dependency.found()));
  }
}
