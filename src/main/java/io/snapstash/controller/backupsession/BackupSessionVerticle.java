package io.snapstash.controller.backupsession;

import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.BackupSession;
import io.snapstash.api.BackupSessionStatus;
import io.snapstash.api.Labels;
import io.snapstash.controller.Caches;
import io.snapstash.controller.Decision;
import io.snapstash.controller.EffectFailure;
import io.snapstash.controller.KindVerticle;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Operator;
import io.snapstash.domain.schedule.Slots;
import io.snapstash.domain.schedule.Spread;
import io.snapstash.engine.Reconciliation;
import io.snapstash.engine.Requeue;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.ResourceTypes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs backups: a BackupSession becomes Snapshots and a Job, and ends in one of its phases. */
public final class BackupSessionVerticle extends KindVerticle<BackupSession> {
  /** Annotation: the Job that made the run, by whose name the slot is known. */
  private static final String TRIGGER_JOB = "snapstash.io/trigger-job";

  private CutWatch cuts;
  private BackupSessionGatherer gatherer;
  private final Closing closing;
  private final RunTurns turns;

  public BackupSessionVerticle(Operator operator) {
    super(operator, operator.caches().backupSessions);
    this.closing = new Closing(operator);
    this.turns = new RunTurns(operator);
  }

  @Override
  public void start() {
    cuts = new CutWatch(operator, key -> offer(key, "VolumeSnapshot"));
    gatherer = new BackupSessionGatherer(operator, cuts);
    super.start();
  }

  @Override
  public void stop(Promise<Void> stopped) {
    cuts.close();
    super.stop(stopped);
  }

  @Override
  protected void listen() {
    Caches caches = operator.caches();
    operator.hooks().onEnded((kind, key) -> {
      if (kind.equals(ResourceTypes.BACKUP_SESSIONS.kind())) {
        offer(key, "hook");
      }
    });
    wake(caches.snapshots, snapshot -> Stream.ofNullable(snapshot.getSpec())
        .map(spec -> new ResourceKey(snapshot.getMetadata().getNamespace(), spec.backupSession())));
    whenGone(gatherer::forget);
    caches.backupSessions.onChange((before, after) -> turns.changed(before, after)
        .forEach(key -> offer(key, "turn")));
    turns.recall();
    wake(caches.jobs, this::owner);
    wake(caches.jobPods, pod -> Optional.of(Metadata.label(pod, "batch.kubernetes.io/job-name"))
        .filter(name -> Labels.COMPONENT_BACKUP.equals(Metadata.label(pod, Labels.COMPONENT)) && !name.isEmpty())
        .map(name -> new ResourceKey(pod.getMetadata().getNamespace(), name)).stream());
  }

  /** Whoever led before has begun runs of which this process knows only from their objects. */
  @Override
  public void takeOver() {
    turns.recall();
    super.takeOver();
  }

  @Override
  protected Future<Requeue> reconcile(Reconciliation run, BackupSession session) {
    if (session.getSpec().invoker() == null && !Metadata.isDeleting(session)) {
      return write(run, session, BackupSessionRules.withoutInvoker(session, operator.time().now()), "WithoutInvoker")
          .map(Requeue.settled());
    }
    Duration turn = untilItsTurn(session, operator.time().now());
    if (turn.isPositive()) {
      return Future.succeededFuture(Requeue.after(turn));
    }
    return gatherer.gather(session, operator.time().now()).compose(facts -> {
      Decision<BackupSessionStatus> decision = turns.held(facts, BackupSessionRules.decide(facts));
      return operator.effects().perform(decision.effects())
          .compose(_ -> closing.complete(facts, decision))
          .compose(ended -> write(run, session, ended.status(), ended.reason()).map(ended.requeue()))
          .recover(failure -> failure instanceof EffectFailure known
              ? report(run, facts, known) : Future.failedFuture(failure));
    });
  }

  /** Only what a schedule made waits, and only before it has begun: not first runs, nor those that a person asked for. */
  private Duration untilItsTurn(BackupSession session, Instant now) {
    boolean begun = session.getStatus() != null || Metadata.isDeleting(session);
    // A clock that shows a time before the run was made is behind, perhaps by hours, and knows no moment.
    boolean behind = now.isBefore(Instant.parse(session.getMetadata().getCreationTimestamp()));
    if (begun || behind || !"schedule".equals(Metadata.annotation(session, Labels.TRIGGER))) {
      return Duration.ZERO;
    }
    String schedule = session.getMetadata().getNamespace() + "/" + session.getSpec().invoker().name() + "/"
        + session.getSpec().session();
    return Slots.of(Metadata.annotation(session, TRIGGER_JOB), now)
        .map(slot -> Spread.wait(schedule, slot, operator.settings().startSpread(), now)).orElse(Duration.ZERO);
  }

  private Future<Requeue> report(Reconciliation run, BackupSessionFacts facts, EffectFailure failure) {
    // What answers the refusal may be refused as well, and then only patience helps.
    if (!failure.retryHelps() && gatherer.refused(facts.session(), new BackupSessionFacts.Refusal(
        BackupSessionRules.isAboutSnapshots(failure.effect()), failure.getMessage()))) {
      return Future.succeededFuture(Requeue.after(Duration.ZERO));
    }
    return write(run, facts.session(), BackupSessionRules.afterFailure(facts, failure.effect(), failure.getMessage()),
        "EffectFailed").compose(_ -> Future.failedFuture(failure));
  }

  private Future<Void> write(Reconciliation run, BackupSession session, BackupSessionStatus status, String reason) {
    Caches caches = operator.caches();
    Optional<BackupConfiguration> invoker = Optional.ofNullable(session.getSpec().invoker()).flatMap(reference ->
        caches.configurations.get(new ResourceKey(session.getMetadata().getNamespace(), reference.name())));
    return operator.effects().perform(BackupNotices.of(session, status,
            caches.snapshotsByBackupSession.get(Metadata.key(session).toString()), invoker))
        .compose(_ -> operator.statuses().write(run, ResourceTypes.BACKUP_SESSIONS, session, status, reason));
  }
}
