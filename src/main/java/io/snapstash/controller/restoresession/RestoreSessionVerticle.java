package io.snapstash.controller.restoresession;

import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.Labels;
import io.snapstash.api.RestoreSession;
import io.snapstash.api.RestoreSessionStatus;
import io.snapstash.controller.Caches;
import io.snapstash.controller.Decision;
import io.snapstash.controller.EffectFailure;
import io.snapstash.controller.KindVerticle;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Operator;
import io.snapstash.domain.Absent;
import io.snapstash.engine.Reconciliation;
import io.snapstash.engine.Requeue;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.ResourceTypes;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Runs restores: a RestoreSession becomes a Job that makes claims, and ends in one of its phases. */
public final class RestoreSessionVerticle extends KindVerticle<RestoreSession> {
  private final RestoreSessionGatherer gatherer;

  public RestoreSessionVerticle(Operator operator) {
    super(operator, operator.caches().restoreSessions);
    this.gatherer = new RestoreSessionGatherer(operator);
  }

  @Override
  protected void listen() {
    Caches caches = operator.caches();
    operator.hooks().onEnded((kind, key) -> {
      if (kind.equals(ResourceTypes.RESTORE_SESSIONS.kind())) {
        offer(key, "hook");
      }
    });
    whenGone(gatherer::forget);
    wake(caches.jobs, this::owner);
    wake(caches.jobPods, pod -> Labels.COMPONENT_RESTORE.equals(Metadata.label(pod, Labels.COMPONENT))
        ? caches.jobs.get(new ResourceKey(pod.getMetadata().getNamespace(),
            Metadata.label(pod, "batch.kubernetes.io/job-name"))).stream().flatMap(this::owner) : Stream.empty());
    wake(caches.restoredClaims, claim -> keys(restore -> restore.getMetadata().getUid()
        .equals(Metadata.annotation(claim, Labels.RESTORE_SESSION_UID))));
    wake(caches.snapshots, _ -> waiting());
    wake(caches.repositories, _ -> waiting());
    wake(caches.storages, _ -> waiting());
    wake(caches.addons, _ -> waiting());
    wake(caches.hookTemplates, _ -> waiting());
    wake(caches.functions, _ -> waiting());
    wake(caches.namespaces, _ -> waiting());
  }

  /** Those that have no Job yet; whatever comes may be what they wait for. */
  private Stream<ResourceKey> waiting() {
    return keys(RestoreSessionGatherer::hasNotStarted);
  }

  private Stream<ResourceKey> keys(Predicate<RestoreSession> concerned) {
    return operator.caches().restoreSessions.all().stream().filter(concerned).map(Metadata::key);
  }

  @Override
  protected Future<Requeue> reconcile(Reconciliation run, RestoreSession restore) {
    return gatherer.gather(restore, operator.time().now()).compose(facts -> {
      Decision<RestoreSessionStatus> decision = RestoreSessionRules.decide(facts);
      return operator.effects().perform(decision.effects())
          .compose(_ -> write(run, restore, decision.status(), decision.reason()))
          .map(decision.requeue())
          .recover(failure -> failure instanceof EffectFailure known
              ? report(run, facts, known) : Future.failedFuture(failure));
    });
  }

  private Future<Requeue> report(Reconciliation run, RestoreSessionFacts facts, EffectFailure failure) {
    if (!failure.retryHelps() && RestoreSessionGatherer.hasNotStarted(facts.restore())) {
      gatherer.refused(facts.restore(), failure.getMessage());
      return Future.succeededFuture(Requeue.after(Duration.ZERO));
    }
    return write(run, facts.restore(), RestoreSessionRules.afterFailure(facts, failure.getMessage()), "EffectFailed")
        .compose(_ -> failure.retryHelps() ? Future.failedFuture(failure)
            : Future.succeededFuture(Requeue.settled()));
  }

  private Future<Void> write(Reconciliation run, RestoreSession restore, RestoreSessionStatus status, String reason) {
    return operator.effects().perform(RestoreNotices.of(restore, status, sources(restore)))
        .compose(_ -> operator.statuses().write(run, ResourceTypes.RESTORE_SESSIONS, restore, status, reason));
  }

  private List<BackupConfiguration> sources(RestoreSession restore) {
    if (restore.getSpec() == null || restore.getSpec().dataSource() == null) {
      return List.of();
    }
    String namespace = RestoreChecks.sourceNamespace(restore);
    String repository = Optional.ofNullable(restore.getSpec().dataSource().repository())
        .or(() -> RestoreSessionRules.chosen(restore).flatMap(noted -> operator.caches().snapshots.get(
            new ResourceKey(noted.namespace(), noted.name()))).map(found -> found.getSpec().repository())).orElse("");
    return operator.caches().configurations.all().stream()
        .filter(each -> each.getSpec() != null && namespace.equals(each.getMetadata().getNamespace()))
        .filter(each -> Absent.list(each.getSpec().sessions()).stream()
            .flatMap(session -> Absent.list(session.repositories()).stream())
            .anyMatch(info -> repository.equals(info.name()))).toList();
  }
}
