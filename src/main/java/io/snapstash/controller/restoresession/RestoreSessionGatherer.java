package io.snapstash.controller.restoresession;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.snapstash.api.Conditions;
import io.snapstash.api.Labels;
import io.snapstash.api.Repository;
import io.snapstash.api.ResourceFoundStatus;
import io.snapstash.api.RestoreDataSource;
import io.snapstash.api.RestoreHooks;
import io.snapstash.api.RestoreSession;
import io.snapstash.api.Snapshot;
import io.snapstash.api.TypedObjectReference;
import io.snapstash.controller.Caches;
import io.snapstash.controller.Components;
import io.snapstash.controller.JobMaker;
import io.snapstash.controller.JobState;
import io.snapstash.controller.JobTrouble;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Operator;
import io.snapstash.controller.RunJobs;
import io.snapstash.controller.Synced;
import io.snapstash.controller.Targets;
import io.snapstash.controller.hook.RunHooks;
import io.snapstash.domain.naming.Names;
import io.snapstash.domain.phase.SnapshotPhase;
import io.snapstash.domain.restore.SnapshotChoice;
import io.snapstash.domain.template.BuiltIns;
import io.snapstash.domain.template.TaskResolution;
import io.snapstash.domain.template.TaskResolver;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.KubeFailure;
import io.snapstash.kube.ResourceTypes;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a pass over a RestoreSession needs, once. */
final class RestoreSessionGatherer {
  private final Operator operator;
  private final RestorePreparer preparer;
  /** By uid. A restart forgets them, which costs one more vain attempt. */
  private final Map<String, String> refusals = new HashMap<>();

  RestoreSessionGatherer(Operator operator) {
    this.operator = operator;
    this.preparer = new RestorePreparer(operator);
  }

  void refused(RestoreSession restore, String message) {
    refusals.put(restore.getMetadata().getUid(), message);
  }

  void forget(RestoreSession restore) {
    refusals.remove(restore.getMetadata().getUid());
    operator.hooks().forget(restore.getMetadata().getUid());
  }

  static boolean hasNotStarted(RestoreSession restore) {
    return !RestoreSessionRules.conditions(restore).isTrue(Conditions.RESTORE_EXECUTOR_ENSURED)
        && !RestoreSessionRules.conditions(restore).isTrue(Conditions.METRICS_PUSHED);
  }

  Future<RestoreSessionFacts> gather(RestoreSession restore, Instant now) {
    Optional<Job> job = RunJobs.of(operator.caches(), restore, Names.restoreJob(restore.getMetadata().getName()));
    RestoreSessionFacts facts = RestoreSessionFactsBuilder.builder()
        .restore(restore).now(now).violations(RestoreChecks.violations(operator.caches(), restore))
        .targetFound(targetFound(restore)).snapshot(Optional.empty()).dependencies(List.of()).missing(Optional.empty())
        .pausedBackups(pausedBackups(restore)).job(job).pods(pods(job)).jobTrouble(Optional.empty())
        .claims(operator.caches().restoredClaims.all().stream().filter(claim -> restore.getMetadata().getUid()
            .equals(Metadata.annotation(claim, Labels.RESTORE_SESSION_UID))).toList())
        .pairs(List.of()).preparation(Optional.empty()).hooks(hooks(restore)).summaryTarget(summaryTarget(restore))
        .refusal(Optional.ofNullable(refusals.get(restore.getMetadata().getUid()))).defaultTimeout(operator.settings().defaultRestoreTimeout())
        .podPendingThreshold(operator.settings().podPendingThreshold()).build();
    if (Metadata.isDeleting(restore) || RestoreSessionRules.conditions(restore).isTrue(Conditions.METRICS_PUSHED)
        && !LentPairs.of(restore).isEmpty()) {
      return LentPairs.look(operator.kube(), restore).map(facts::withPairs);
    }
    return hasNotStarted(restore) ? prepared(facts) : readThrough(facts).compose(this::withTrouble);
  }

  private RunHooks hooks(RestoreSession restore) {
    String namespace = restore.getMetadata().getNamespace();
    Optional<RestoreHooks> hooks = Optional.ofNullable(restore.getSpec()).map(spec -> spec.hooks());
    String pods = Optional.ofNullable(restore.getSpec()).map(spec -> spec.target())
        .map(target -> Targets.resolve(target, namespace).namespace()).orElse(namespace);
    String snapshot = RestoreSessionRules.chosen(restore).map(ResourceFoundStatus::name).orElse("");
    return RunHooks.of(restore, hooks.map(RestoreHooks::preRestore).orElse(List.of()),
        hooks.map(RestoreHooks::postRestore).orElse(List.of()), RestoreSessionRules.status(restore).hooks(),
        operator.hooks(), new RunHooks.Place(pods,
            BuiltIns.ofRestore(namespace, restore.getMetadata().getName(), snapshot, ""), List.of(restore)));
  }

  private Optional<TypedObjectReference> summaryTarget(RestoreSession restore) {
    return Optional.ofNullable(restore.getSpec()).map(spec -> spec.target())
        .map(target -> Targets.resolve(target, restore.getMetadata().getNamespace()))
        .or(() -> RestoreSessionRules.chosen(restore).flatMap(noted ->
            operator.caches().snapshots.get(new ResourceKey(noted.namespace(), noted.name())))
            .map(snapshot -> snapshot.getSpec().appRef()));
  }

  private Future<RestoreSessionFacts> prepared(RestoreSessionFacts facts) {
    if (!facts.violations().isEmpty()) {
      return Future.succeededFuture(facts);
    }
    RestoreSession restore = facts.restore();
    Optional<Snapshot> snapshot = snapshot(restore);
    TaskResolution tasks = JobMaker.resolver(operator.caches())
        .resolve(restore.getSpec().addon(), TaskResolver.Direction.RESTORE);
    Optional<RestoreSessionFacts.Missing> unsynced = unsynced(restore);
    RestoreSessionFacts known = facts.withSnapshot(unsynced.isPresent() ? Optional.empty() : snapshot)
        .withDependencies(dependencies(restore, unsynced.isPresent() ? Optional.empty() : snapshot, tasks))
        .withMissing(unsynced.or(() -> missing(restore, snapshot, tasks)));
    boolean ready = known.missing().isEmpty() && RestoreSessionRules.chosen(restore).isPresent();
    return ready ? preparer.prepare(restore, snapshot.orElseThrow(), tasks.tasks().getFirst(), facts.now())
        .recover(failure -> failure instanceof RememberedSnapshots.CatalogueUnreachable
            ? Future.succeededFuture(new RestorePreparation.Later(failure.getMessage()))
            : failure instanceof KubeFailure why ? Future.succeededFuture(why.retryHelps()
            ? new RestorePreparation.Later(why.getMessage()) : new RestorePreparation.Impossible(why.getMessage()))
            : Future.failedFuture(failure))
        .map(preparation -> known.withPreparation(Optional.of(preparation))) : Future.succeededFuture(known);
  }

  /** The one noted before, whatever has been backed up since; else the one that fits now. */
  private Optional<Snapshot> snapshot(RestoreSession restore) {
    Caches caches = operator.caches();
    String namespace = RestoreChecks.sourceNamespace(restore);
    RestoreDataSource source = restore.getSpec().dataSource();
    return RestoreSessionRules.chosen(restore)
        .map(noted -> caches.snapshots.get(new ResourceKey(noted.namespace(), noted.name())))
        .orElseGet(() -> source.pitr() == null && !"latest".equals(source.snapshot())
            ? caches.snapshots.get(new ResourceKey(namespace, source.snapshot()))
            : SnapshotChoice.of(source, caches.snapshotsByRepository.get(namespace + "/" + source.repository())));
  }

  private static List<ResourceFoundStatus> dependencies(
      RestoreSession restore, Optional<Snapshot> snapshot, TaskResolution tasks) {
    List<ResourceFoundStatus> dependencies = new ArrayList<>();
    String wanted = restore.getSpec().dataSource().snapshot();
    dependencies.add(new ResourceFoundStatus("storage.kubestash.com", "Snapshot",
        RestoreChecks.sourceNamespace(restore),
        snapshot.map(found -> found.getMetadata().getName()).orElse(wanted), snapshot.isPresent()));
    dependencies.addAll(tasks.dependencies());
    return dependencies;
  }

  private static Optional<RestoreSessionFacts.Missing> missing(
      RestoreSession restore, Optional<Snapshot> snapshot, TaskResolution tasks) {
    RestoreDataSource source = restore.getSpec().dataSource();
    if (snapshot.isEmpty()) {
      String what = source.pitr() == null && !"latest".equals(source.snapshot())
          ? "Snapshot " + RestoreChecks.sourceNamespace(restore) + "/" + source.snapshot() + " does not exist"
          : "no Succeeded Snapshot of Repository " + RestoreChecks.sourceNamespace(restore) + "/" + source.repository()
              + " fits";
      return Optional.of(new RestoreSessionFacts.Missing(Conditions.SNAPSHOT_NOT_FOUND, what));
    }
    if (!SnapshotPhase.isCompleted(Components.phaseOf(snapshot.get()))) {
      return Optional.of(new RestoreSessionFacts.Missing(Conditions.SNAPSHOT_NOT_FOUND, "Snapshot "
          + Metadata.key(snapshot.get()) + " is still being made"));
    }
    if (!tasks.isComplete()) {
      return Optional.of(new RestoreSessionFacts.Missing(
          tasks.missing().getFirst().reason(), tasks.missing().getFirst().message()));
    }
    return tasks.tasks().isEmpty() ? Optional.of(new RestoreSessionFacts.Missing(
        Conditions.TASK_NOT_FOUND, "spec.addon.tasks names no task")) : Optional.empty();
  }

  /** The newest of what has been synchronised so far need not be the newest of all. */
  private Optional<RestoreSessionFacts.Missing> unsynced(RestoreSession restore) {
    RestoreDataSource source = restore.getSpec().dataSource();
    boolean byName = source.pitr() == null && !"latest".equals(source.snapshot());
    if (byName || RestoreSessionRules.chosen(restore).isPresent()) {
      return Optional.empty();
    }
    ResourceKey key = new ResourceKey(RestoreChecks.sourceNamespace(restore), source.repository());
    return operator.caches().repositories.get(key)
        .flatMap(repository -> Synced.pending(operator.caches(), repository))
        .map(entry -> new RestoreSessionFacts.Missing(Conditions.SNAPSHOT_NOT_FOUND, "Repository " + key
            + " is not wholly synchronised, so its newest Snapshot is not known"
            + (entry.error() == null ? "" : " (" + entry.error() + ")") + "; a restore by name need not wait"));
  }

  private Optional<Boolean> targetFound(RestoreSession restore) {
    return Optional.ofNullable(restore.getSpec()).map(spec -> spec.target()).filter(target -> target.kind() != null)
        .map(target -> Targets.resolve(target, restore.getMetadata().getNamespace()))
        .map(target -> operator.caches().targetExists(target.kind(), Targets.key(target)).orElse(false));
  }

  private List<TypedObjectReference> pausedBackups(RestoreSession restore) {
    if (restore.getSpec() == null || restore.getSpec().target() == null) {
      return List.of();
    }
    TypedObjectReference target = Targets.resolve(restore.getSpec().target(), restore.getMetadata().getNamespace());
    return operator.caches().configurations.all().stream()
        .filter(configuration -> configuration.getSpec() != null && configuration.getSpec().target() != null)
        .filter(configuration -> Targets.resolve(configuration).equals(target))
        .map(Metadata::key).sorted()
        .map(key -> new TypedObjectReference("core.kubestash.com", "BackupConfiguration", key.namespace(), key.name()))
        .toList();
  }

  private List<Pod> pods(Optional<Job> job) {
    return job.map(found -> operator.caches().podsByJob.get(found.getMetadata().getUid())).orElse(List.of());
  }

  /**
   * The end of the Job and its last words arrive on different watches, and a Job that is not to be seen may only be
   * late: look before giving the restore up.
   */
  private Future<RestoreSessionFacts> readThrough(RestoreSessionFacts facts) {
    boolean suspicious = JobState.endedBecause(facts.job()).isPresent()
        && !RestoreSessionRules.conditions(facts.restore()).isTrue(Conditions.METRICS_PUSHED)
        && RestoreSessionRules.isUnfinished(RestoreSessionRules.status(facts.restore()));
    if (!suspicious) {
      return Future.succeededFuture(facts);
    }
    Future<Optional<Job>> job = RunJobs.confirmed(operator, facts.job(), facts.restore(),
        Names.restoreJob(facts.restore().getMetadata().getName()));
    return operator.kube().find(ResourceTypes.RESTORE_SESSIONS, Metadata.key(facts.restore()))
        .map(fresh -> fresh.map(found -> {
          operator.caches().observe(found);
          return facts.withRestore(found);
        }).orElse(facts))
        .compose(known -> job.map(found -> known.withJob(found).withPods(pods(found))));
  }

  private Future<RestoreSessionFacts> withTrouble(RestoreSessionFacts facts) {
    return JobTrouble.of(operator.kube(), facts.job(), facts.pods(), facts.now(), facts.podPendingThreshold())
        .map(facts::withJobTrouble);
  }
}
