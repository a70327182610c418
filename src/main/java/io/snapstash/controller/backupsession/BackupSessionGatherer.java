package io.snapstash.controller.backupsession;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.BackupHooks;
import io.snapstash.api.BackupSession;
import io.snapstash.api.Conditions;
import io.snapstash.api.HookStatuses;
import io.snapstash.api.Labels;
import io.snapstash.api.Repository;
import io.snapstash.api.RepositoryInfo;
import io.snapstash.api.Session;
import io.snapstash.api.Snapshot;
import io.snapstash.controller.Caches;
import io.snapstash.controller.Components;
import io.snapstash.domain.phase.ConditionSet;
import io.snapstash.controller.JobState;
import io.snapstash.controller.JobTrouble;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Operator;
import io.snapstash.controller.RestorePause;
import io.snapstash.controller.RunJobs;
import io.snapstash.controller.Targets;
import io.snapstash.controller.hook.RunHooks;
import io.snapstash.domain.naming.Names;
import io.snapstash.domain.phase.BackupSessionPhase;
import io.snapstash.domain.template.BuiltIns;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.KubeFailure;
import io.snapstash.kube.ResourceTypes;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what a pass over a BackupSession needs, once. */
final class BackupSessionGatherer {
  private final Operator operator;
  private final BackupPreparer preparer;
  private final CutWatch cuts;
  /** By uid. A restart forgets them, which costs one more vain attempt. */
  private final Map<String, BackupSessionFacts.Refusal> refusals = new HashMap<>();

  BackupSessionGatherer(Operator operator, CutWatch cuts) {
    this.operator = operator;
    this.cuts = cuts;
    this.preparer = new BackupPreparer(operator);
  }

  /** @return whether that is news */
  boolean refused(BackupSession session, BackupSessionFacts.Refusal refusal) {
    return !refusal.equals(refusals.put(session.getMetadata().getUid(), refusal));
  }

  void forget(BackupSession session) {
    refusals.remove(session.getMetadata().getUid());
    operator.hooks().forget(session.getMetadata().getUid());
    cuts.forget(session);
  }

  Future<BackupSessionFacts> gather(BackupSession session, Instant now) {
    Caches caches = operator.caches();
    ResourceKey key = Metadata.key(session);
    Optional<BackupConfiguration> invoker = invoker(session);
    Optional<Job> job = RunJobs.of(caches, session, Names.backupJob(key.name()));
    List<Pod> pods = pods(job);
    BackupSessionFacts cheap = new BackupSessionFacts(session, now, invoker, siblings(session),
        invoker.flatMap(found -> pause(found)), repositories(session, invoker),
        caches.snapshotsByBackupSession.get(key.toString()).stream().filter(ofThis(session)).toList(),
        job, pods, Optional.empty(),
        Optional.ofNullable(refusals.get(session.getMetadata().getUid())), Optional.empty(), hooks(session), false,
        operator.settings().defaultBackupTimeout(), operator.settings().podPendingThreshold());
    return prepared(cheap).map(this::withCut).compose(this::readThrough).compose(this::withTrouble);
  }

  private RunHooks hooks(BackupSession session) {
    Optional<BackupConfiguration> source = named(session);
    Optional<BackupHooks> hooks = source.flatMap(found -> BackupSessionFacts.configured(found, session))
        .map(Session::hooks);
    HookStatuses statuses = session.getStatus() == null ? null : session.getStatus().hooks();
    String invoker = session.getSpec() == null || session.getSpec().invoker() == null ? ""
        : session.getSpec().invoker().name();
    RunHooks.Place place = new RunHooks.Place(source.map(found -> Targets.resolve(found).namespace())
        .orElse(session.getMetadata().getNamespace()),
        BuiltIns.ofBackup(session.getMetadata().getNamespace(), session.getMetadata().getName(), "BackupConfiguration",
            invoker, ""), Stream.<HasMetadata>concat(Stream.of(session), source.stream()).toList());
    return RunHooks.of(session, hooks.map(BackupHooks::preBackup).orElse(List.of()),
        hooks.map(BackupHooks::postBackup).orElse(List.of()), statuses, operator.hooks(), place);
  }

  private BackupSessionFacts withCut(BackupSessionFacts facts) {
    boolean awaited = facts.hooks().awaitsCut() && facts.job().isPresent() && !Metadata.isDeleting(facts.session())
        && !BackupSessionPhase.isCompleted(BackupSessionRules.phaseOf(facts.session()));
    if (!awaited) {
      cuts.forget(facts.session());
      return facts;
    }
    return facts.withCut(cuts.isCut(facts.session(), facts.job()));
  }

  /** An earlier run may have borne the same name; its Snapshots outlive it and are none of this one's business. */
  private static Predicate<Snapshot> ofThis(BackupSession session) {
    return snapshot -> session.getMetadata().getUid().equals(Metadata.annotation(snapshot, Labels.BACKUP_SESSION_UID));
  }

  private Optional<BackupConfiguration> invoker(BackupSession session) {
    return named(session).filter(found -> !Metadata.isDeleting(found));
  }

  private Optional<BackupConfiguration> named(BackupSession session) {
    return Optional.ofNullable(session.getSpec()).map(spec -> spec.invoker())
        .filter(invoker -> "BackupConfiguration".equals(invoker.kind()))
        .flatMap(invoker -> operator.caches().configurations.get(
            new ResourceKey(session.getMetadata().getNamespace(), invoker.name())));
  }

  private Optional<String> pause(BackupConfiguration invoker) {
    return Boolean.TRUE.equals(invoker.getSpec().paused()) ? Optional.of("the invoker is paused")
        : RestorePause.of(operator.caches(), invoker)
            .map(restore -> "RestoreSession " + restore + " is restoring the same target");
  }

  private List<BackupSession> siblings(BackupSession session) {
    return session.getSpec() == null || session.getSpec().invoker() == null ? List.of()
        : operator.caches().sessionsByInvoker.get(session.getMetadata().getNamespace() + "/" + session.getSpec().invoker().name()).stream()
        .filter(other -> !other.getMetadata().getName().equals(session.getMetadata().getName()))
        .filter(other -> other.getSpec() != null && String.valueOf(other.getSpec().session()).equals(session.getSpec().session())).toList();
  }

  private Map<String, Repository> repositories(BackupSession session, Optional<BackupConfiguration> invoker) {
    Map<String, Repository> found = new HashMap<>();
    invoker.map(configuration -> configuration.getSpec().sessions()).orElse(List.of()).stream()
        .filter(each -> session.getSpec().session() != null && session.getSpec().session().equals(each.name()))
        .flatMap(each -> Optional.ofNullable(each.repositories()).orElse(List.of()).stream())
        .map(RepositoryInfo::name)
        .forEach(name -> operator.caches().repositories
            .get(new ResourceKey(session.getMetadata().getNamespace(), name))
            .ifPresent(repository -> found.put(name, repository)));
    return found;
  }

  private List<Pod> pods(Optional<Job> job) {
    return job.map(found -> operator.caches().podsByJob.get(found.getMetadata().getUid())).orElse(List.of());
  }

  /** Target, Addon and claims are looked at only for a run that has yet to start. */
  private Future<BackupSessionFacts> prepared(BackupSessionFacts facts) {
    BackupSession session = facts.session();
    Optional<Session> configured = facts.configured();
    boolean launched = ConditionSet.of(session.getStatus() == null ? null : session.getStatus().conditions())
        .isTrue(Conditions.BACKUP_EXECUTOR_ENSURED);
    if (launched || Metadata.isDeleting(session) || !Metadata.hasFinalizer(session) || configured.isEmpty()
        || session.getStatus() != null && BackupSessionPhase.isCompleted(session.getStatus().phase())) {
      return Future.succeededFuture(facts);
    }
    return preparer.prepare(session, facts.invoker().orElseThrow(), configured.get(), facts.now())
        .recover(failure -> failure instanceof KubeFailure known ? Future.succeededFuture(known.retryHelps()
            ? new Preparation.Later(known.getMessage()) : new Preparation.Impossible(known.getMessage()))
            : Future.failedFuture(failure))
        .map(preparation -> facts.withPreparation(Optional.of(preparation)));
  }

  /**
   * The end of a Job and the Job's last words arrive on different watches, and a Snapshot or a Job that is not to be
   * seen may only be late: look before giving one up.
   */
  private Future<BackupSessionFacts> readThrough(BackupSessionFacts facts) {
    boolean awaited = facts.preparation().isEmpty() && !Metadata.isDeleting(facts.session())
        && !BackupSessionPhase.isCompleted(BackupSessionRules.phaseOf(facts.session()));
    boolean suspicious = awaited && (BackupSessionRules.lacksSnapshots(facts)
        || JobState.endedBecause(facts.job()).isPresent()
            && facts.snapshots().stream().anyMatch(snapshot -> !Components.areFinal(snapshot)));
    if (!suspicious) {
      return Future.succeededFuture(facts);
    }
    List<Future<Optional<Snapshot>>> reads = expected(facts).stream()
        .map(key -> operator.kube().find(ResourceTypes.SNAPSHOTS, key)).toList();
    Future<Optional<Job>> job = RunJobs.confirmed(operator, facts.job(), facts.session(),
        Names.backupJob(facts.session().getMetadata().getName()));
    return Future.all(reads).compose(_ -> job).map(found -> {
      List<Snapshot> fresh = reads.stream().flatMap(read -> read.result().stream()).filter(ofThis(facts.session()))
          .toList();
      fresh.forEach(operator.caches()::observe);
      return facts.withSnapshots(fresh).withJob(found).withPods(pods(found));
    });
  }

  private static Set<ResourceKey> expected(BackupSessionFacts facts) {
    ResourceKey run = Metadata.key(facts.session());
    Set<ResourceKey> keys = facts.snapshots().stream().map(Metadata::key)
        .collect(Collectors.toCollection(TreeSet::new));
    facts.configured().map(Session::repositories).orElse(List.of()).forEach(repository ->
        keys.add(new ResourceKey(run.namespace(), Names.snapshot(repository.name(), run.name()))));
    return keys;
  }

  private Future<BackupSessionFacts> withTrouble(BackupSessionFacts facts) {
    return JobTrouble.of(operator.kube(), facts.job(), facts.pods(), facts.now(), facts.podPendingThreshold())
        .map(facts::withJobTrouble);
  }
}
