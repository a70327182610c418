package io.snapstash.controller.backupconfiguration;

import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.BackupConfigurationStatus;
import io.snapstash.controller.Caches;
import io.snapstash.controller.Decision;
import io.snapstash.controller.EffectFailure;
import io.snapstash.controller.Essence;
import io.snapstash.controller.KindVerticle;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Operator;
import io.snapstash.controller.Targets;
import io.snapstash.engine.Reconciliation;
import io.snapstash.engine.Requeue;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.Index;
import io.snapstash.kube.ResourceTypes;
import io.vertx.core.Future;
import java.util.Objects;
import java.util.stream.Stream;

/** Checks a BackupConfiguration and keeps its Repositories and CronJobs (behaviour 6.2-6.5). */
public final class BackupConfigurationVerticle extends KindVerticle<BackupConfiguration> {
  private final BackupConfigurationGatherer gatherer;
  private final Index<BackupConfiguration> mentions;

  public BackupConfigurationVerticle(Operator operator) {
    super(operator, operator.caches().configurations);
    this.gatherer = new BackupConfigurationGatherer(operator);
    this.mentions = operator.caches().configurations.index(Mentions::of);
  }

  @Override
  protected void listen() {
    Caches caches = operator.caches();
    wake(caches.cronJobs, this::owner);
    wake(caches.backupSessions, run -> owner(run).filter(key ->
        caches.configurations.get(key).filter(Metadata::isDeleting).isPresent()));
    wake(caches.cronJobs, cronJob -> mentioning(Mentions.cronJob(Metadata.key(cronJob))));
    wake(caches.storages, Essence::of, storage ->
        mentioning(Mentions.storage(Metadata.key(storage)), Mentions.DEFAULTS));
    wake(caches.retentionPolicies, policy ->
        mentioning(Mentions.policy(Metadata.key(policy)), Mentions.DEFAULTS));
    wake(caches.repositories, Essence::of, repository ->
        mentioning(Mentions.repository(Metadata.key(repository))));
    wake(caches.hookTemplates, template -> mentioning(Mentions.hookTemplate(Metadata.key(template))));
    wake(caches.addons, addon -> mentioning(Mentions.addon(addon.getMetadata().getName())));
    wake(caches.functions, _ -> mentioning(Mentions.LACKING));
    wake(caches.restoreSessions, restore -> Stream.ofNullable(restore.getSpec()).map(spec -> spec.target())
        .filter(Objects::nonNull).map(target -> Targets.resolve(target, restore.getMetadata().getNamespace()))
        .flatMap(target -> mentioning(Mentions.target(String.valueOf(target.kind()), Targets.key(target)))));
    caches.targets.forEach((kind, cache) -> wake(cache, object ->
        mentioning(Mentions.target(kind, Metadata.key(object)))));
    wake(caches.targets.get("PersistentVolumeClaim"), claim ->
        mentioning(Mentions.claims(claim.getMetadata().getNamespace())));
    caches.repositories.onChange((_, after) -> {
      if (after.isEmpty()) {
        mentioning(Mentions.INVALID).forEach(key -> offer(key, "Repository"));
      }
    });
    caches.namespaces.onChange((before, after) -> {
      boolean same = before.isPresent() && after.isPresent()
          && Metadata.labels(before.get()).equals(Metadata.labels(after.get()))
          && Metadata.annotations(before.get()).equals(Metadata.annotations(after.get()));
      if (!same) {
        caches.configurations.all().forEach(each -> offer(Metadata.key(each), "Namespace"));
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

  private Stream<ResourceKey> mentioning(String... words) {
    return Stream.of(words).flatMap(word -> mentions.get(word).stream()).map(Metadata::key);
  }
}
