package io.snapstash.controller.backupsession;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.BackupSession;
import io.snapstash.api.BackupSessionStatus;
import io.snapstash.api.BackupSessionStatusBuilder;
import io.snapstash.api.Condition;
import io.snapstash.api.Conditions;
import io.snapstash.api.Json;
import io.snapstash.api.Labels;
import io.snapstash.api.Phases;
import io.snapstash.api.RepositoryInfo;
import io.snapstash.api.Session;
import io.snapstash.api.Snapshot;
import io.snapstash.controller.Components;
import io.snapstash.domain.phase.ConditionSet;
import io.snapstash.controller.Decision;
import io.snapstash.controller.Effect;
import io.snapstash.controller.JobState;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Proof;
import io.snapstash.controller.SnapshotManifest;
import io.snapstash.controller.hook.RunHooks;
import io.snapstash.domain.naming.OffshootLabels;
import io.snapstash.domain.unit.GoDuration;
import io.snapstash.domain.phase.SnapshotPhase;
import io.snapstash.domain.phase.BackupSessionPhase;
import io.snapstash.engine.Requeue;
import io.snapstash.kube.DeleteOptions;
import io.snapstash.kube.ResourceTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One run of a backup from first sight to its last condition (behaviour 6.6, 7.1, 7.5, 7.6): mark it, skip it or make
 * its Snapshots and its Job, wait for the components, end it.
 */
final class BackupSessionRules {
  private static final String DEADLINE_EXCEEDED = "deadline exceeded";

  private BackupSessionRules() {}

  static Decision<BackupSessionStatus> decide(BackupSessionFacts facts) {
    BackupSession session = facts.session();
    if (Metadata.isDeleting(session)) {
      return release(facts);
    }
    if (BackupSessionPhase.isCompleted(phaseOf(session))) {
      return Retries.next(facts).orElseGet(() -> new Decision<>(status(session),
          History.forgetsAll(facts) ? List.of(History.deletion(session)) : List.of(), Requeue.settled(), "Completed"));
    }
    Optional<ObjectNode> marks = marks(facts);
    if (marks.isPresent()) {
      return new Decision<>(status(session), List.of(new Effect.Patch(
          ResourceTypes.BACKUP_SESSIONS, Metadata.key(session), marks.get())), Requeue.settled(), "Marked");
    }
    ConditionSet conditions = conditions(session);
    if (!conditions.has(Conditions.SNAPSHOTS_ENSURED)) {
      Optional<String> skip = reasonToSkip(facts);
      if (skip.isPresent()) {
        return skip(facts, skip.get());
      }
    }
    if (conditions.isTrue(Conditions.BACKUP_EXECUTOR_ENSURED)) {
      return await(facts);
    }
    return hasEnded(facts) ? end(facts, conditions, told(conditions)) : launch(facts);
  }

  /** Once a hook after the backup has begun, or one before it has failed, nothing is started any more. */
  private static boolean hasEnded(BackupSessionFacts facts) {
    return !facts.hooks().statuses().postHooks().isEmpty()
        || conditions(facts.session()).isFalse(Conditions.PRE_BACKUP_HOOKS_SUCCEEDED);
  }

  private static String told(ConditionSet conditions) {
    return conditions.firstFalse().map(Condition::message).orElse("the run was given up");
  }

  /** A run for nobody. */
  static BackupSessionStatus withoutInvoker(BackupSession session, Instant now) {
    BackupSessionStatus status = BackupSessionStatusBuilder.builder(status(session)).conditions(
        pushed(conditions(session).withTrue(Conditions.BACKUP_SKIPPED, Conditions.PRE_REQUISITES_NOT_SATISFIED,
            "spec.invoker is missing: name the BackupConfiguration", now), now).items()).build();
    return BackupSessionStatusBuilder.builder(status).phase(BackupSessionPhase.of(status)).build();
  }

  /** What the status says while an effect of the launch is tried again. */
  static BackupSessionStatus afterFailure(BackupSessionFacts facts, Effect failed, String message) {
    BackupSession session = facts.session();
    if (conditions(session).isTrue(Conditions.BACKUP_EXECUTOR_ENSURED)
        || BackupSessionPhase.isCompleted(phaseOf(session))) {
      return status(session);
    }
    ConditionSet conditions = isAboutSnapshots(failed)
        ? conditions(session).withFalse(Conditions.SNAPSHOTS_ENSURED, Conditions.FAILED_TO_ENSURE_SNAPSHOTS, message,
            facts.now())
        : conditions(session).withFalse(Conditions.BACKUP_EXECUTOR_ENSURED,
            Conditions.FAILED_TO_ENSURE_BACKUP_EXECUTOR, message, facts.now());
    return withPhase(facts, builder(facts).conditions(conditions.items()));
  }

  static boolean isAboutSnapshots(Effect effect) {
    return effect instanceof Effect.Create create && create.type() == ResourceTypes.SNAPSHOTS;
  }

  /** The Job goes with its owner, so nobody else would ever end the Snapshots that it has not finished. */
  private static Decision<BackupSessionStatus> release(BackupSessionFacts facts) {
    BackupSession session = facts.session();
    if (Metadata.hasFinalizer(session) && isFrozen(facts)) {
      return thaw(facts);
    }
    List<Effect> effects = new ArrayList<>();
    if (Metadata.hasFinalizer(session)) {
      living(facts).filter(snapshot -> !Components.areFinal(snapshot))
          .forEach(snapshot -> effects.add(incomplete(snapshot, "the BackupSession was deleted", facts.now())));
      effects.add(new Effect.Patch(ResourceTypes.BACKUP_SESSIONS, Metadata.key(session),
          Metadata.withoutFinalizer(session)));
    }
    return new Decision<>(status(session), effects, Requeue.settled(), "Released");
  }

  /** Whether hooks before the backup have begun something that those after it have not ended. */
  private static boolean isFrozen(BackupSessionFacts facts) {
    return facts.hooks().hasBegun() && !conditions(facts.session()).has(Conditions.METRICS_PUSHED)
        && (facts.hooks().isWaitingBefore() || !RunStages.after(facts, status(facts.session())).over());
  }

  /** A run that is deleted in the midst of it still ends what its hooks began. */
  private static Decision<BackupSessionStatus> thaw(BackupSessionFacts facts) {
    ConditionSet conditions = conditions(facts.session()).withFalse(Conditions.BACKUP_EXECUTOR_ENSURED,
        Conditions.FAILED_TO_ENSURE_BACKUP_EXECUTOR, "the BackupSession was deleted", facts.now());
    if (!facts.hooks().isWaitingBefore()) {
      return afterHooks(facts, conditions,
          RunStages.after(facts, builder(facts).conditions(conditions.items()).build()));
    }
    RunHooks.Step step = RunStages.settleBefore(facts);
    ConditionSet told = RunStages.BEFORE.tell(conditions, step, true, facts.now());
    return new Decision<>(withPhase(facts, builder(facts).conditions(told.items()).hooks(step.statuses())),
        step.effects(), next(step), "PreBackupHooks");
  }

  /** Labels, owner and finalizer, which neither the trigger nor a person writes (behaviour 2.5, 2.9, 6.4). */
  private static Optional<ObjectNode> marks(BackupSessionFacts facts) {
    BackupSession session = facts.session();
    ObjectNode metadata = JsonNodeFactory.instance.objectNode();
    Map<String, String> labels = OffshootLabels.ofBackupSession(Metadata.labels(session),
        Optional.ofNullable(session.getSpec().invoker().kind()).orElse(""), session.getSpec().invoker().name(),
        session.getMetadata().getNamespace(), Optional.ofNullable(session.getSpec().session()).orElse(""));
    Map<String, String> missing = Metadata.missingLabels(session, labels);
    if (!missing.isEmpty()) {
      metadata.set("labels", Json.MAPPER.valueToTree(missing));
    }
    facts.invoker().filter(_ -> session.getMetadata().getOwnerReferences().isEmpty()).ifPresent(invoker ->
        metadata.putArray("ownerReferences").add(Metadata.ownerReference(invoker)));
    if (!Metadata.hasFinalizer(session)) {
      metadata.setAll((ObjectNode) Metadata.withFinalizer(session).get("metadata"));
    }
    if (metadata.isEmpty()) {
      return Optional.empty();
    }
    metadata.put("resourceVersion", session.getMetadata().getResourceVersion());
    return Optional.of(JsonNodeFactory.instance.objectNode().set("metadata", metadata));
  }

  private static Optional<String> reasonToSkip(BackupSessionFacts facts) {
    if (facts.invoker().isEmpty()) {
      return Optional.of("the invoker " + facts.session().getSpec().invoker().kind() + " "
          + facts.session().getSpec().invoker().name() + " does not exist or is of a kind this version does not run");
    }
    BackupConfiguration invoker = facts.invoker().get();
    if (facts.configured().isEmpty()) {
      return Optional.of("the invoker has no session named " + facts.session().getSpec().session());
    }
    if (facts.paused().isPresent()) {
      return facts.paused();
    }
    if (invoker.getStatus() == null || !Phases.READY.equals(invoker.getStatus().phase())) {
      return Optional.of("the invoker is not Ready");
    }
    return facts.siblings().stream()
        .filter(sibling -> isRunning(sibling) || isAhead(sibling, facts.session()))
        .map(sibling -> "another run of this session is under way: " + sibling.getMetadata().getName()).findFirst();
  }

  private static boolean isRunning(BackupSession session) {
    return !Metadata.isDeleting(session) && (Phases.RUNNING.equals(phaseOf(session)) || Phases.PENDING.equals(phaseOf(session))
        && conditions(session).has(Conditions.SNAPSHOTS_ENSURED));
  }

  /** Two that nobody has started yet: the older one goes first, so that they do not skip each other. */
  private static boolean isAhead(BackupSession other, BackupSession mine) {
    if (Metadata.isDeleting(other) || BackupSessionPhase.isCompleted(phaseOf(other))) {
      return false;
    }
    int byAge = other.getMetadata().getCreationTimestamp().compareTo(mine.getMetadata().getCreationTimestamp());
    return byAge < 0 || byAge == 0 && other.getMetadata().getName().compareTo(mine.getMetadata().getName()) < 0;
  }

  private static Decision<BackupSessionStatus> skip(BackupSessionFacts facts, String why) {
    ConditionSet conditions = pushed(conditions(facts.session()).withTrue(Conditions.BACKUP_SKIPPED,
        Conditions.PRE_REQUISITES_NOT_SATISFIED, why, facts.now()), facts.now());
    return new Decision<>(withPhase(facts, builder(facts).conditions(conditions.items())), List.of(),
        Requeue.settled(), "Skipped");
  }

  private static Decision<BackupSessionStatus> launch(BackupSessionFacts facts) {
    if (facts.hooks().isWaitingBefore()) {
      return beforeHooks(facts);
    }
    Session configured = facts.configured().orElse(null);
    if (configured == null) {
      return end(facts, conditions(facts.session()).withFalse(Conditions.BACKUP_EXECUTOR_ENSURED,
          Conditions.FAILED_TO_ENSURE_BACKUP_EXECUTOR, "the invoker or its session is gone", facts.now()),
          "the invoker or its session is gone");
    }
    List<String> missing = configured.repositories().stream().map(RepositoryInfo::name)
        .filter(name -> !facts.repositories().containsKey(name)).toList();
    if (!missing.isEmpty()) {
      String message = "Repository not found: " + String.join(", ", missing);
      return end(facts, conditions(facts.session()).withFalse(Conditions.SNAPSHOTS_ENSURED,
          Conditions.FAILED_TO_ENSURE_SNAPSHOTS, message, facts.now()), message);
    }
    Optional<String> going = facts.repositories().values().stream().filter(Metadata::isDeleting)
        .map(repository -> "Repository " + repository.getMetadata().getName() + " is being deleted").findFirst();
    if (going.isPresent()) {
      return isOverdue(facts) ? end(facts, conditions(facts.session()).withFalse(Conditions.SNAPSHOTS_ENSURED,
          Conditions.FAILED_TO_ENSURE_SNAPSHOTS, going.get(), facts.now()), going.get()) : postpone(facts, going.get());
    }
    if (facts.refusal().isPresent()) {
      String message = facts.refusal().get().message();
      return facts.refusal().get().aboutSnapshots()
          ? end(facts, conditions(facts.session()).withFalse(Conditions.SNAPSHOTS_ENSURED,
              Conditions.FAILED_TO_ENSURE_SNAPSHOTS, message, facts.now()), message)
          : fail(facts, configured, message);
    }
    return switch (facts.preparation().orElse(new Preparation.Impossible("nothing prepared"))) {
      case Preparation.Ready ready -> start(facts, configured, ready);
      case Preparation.Later(String message) -> isOverdue(facts)
          ? fail(facts, configured, DEADLINE_EXCEEDED + ": " + message) : postpone(facts, message);
      case Preparation.Impossible(String message) -> fail(facts, configured, message);
    };
  }

  /** Its turn wakes it; nothing has been done for it yet. */
  static Decision<BackupSessionStatus> waitForTurn(BackupSessionFacts facts, String why) {
    ConditionSet conditions = conditions(facts.session()).withFalse(
        Conditions.BACKUP_EXECUTOR_ENSURED, Conditions.WAITING_FOR_TURN, why, facts.now());
    return new Decision<>(withPhase(facts, builder(facts).conditions(conditions.items())), List.of(),
        untilDeadline(facts), Conditions.WAITING_FOR_TURN);
  }

  private static Decision<BackupSessionStatus> postpone(BackupSessionFacts facts, String message) {
    ConditionSet conditions = conditions(facts.session()).withFalse(Conditions.BACKUP_EXECUTOR_ENSURED,
        Conditions.FAILED_TO_ENSURE_BACKUP_EXECUTOR, message, facts.now());
    return new Decision<>(withPhase(facts, builder(facts).conditions(conditions.items())), List.of(),
        Requeue.retry(message), "Postponed");
  }

  private static Decision<BackupSessionStatus> start(
      BackupSessionFacts facts, Session configured, Preparation.Ready ready) {
    if (isOverdue(facts)) {
      return fail(facts, configured, overdue(facts));
    }
    if (!facts.hooks().before().isEmpty() && !conditions(facts.session()).isTrue(Conditions.PRE_BACKUP_HOOKS_SUCCEEDED)) {
      return conditions(facts.session()).isTrue(Conditions.SNAPSHOTS_ENSURED) ? beforeHooks(facts)
          : ensureSnapshots(facts, configured, ready);
    }
    List<Effect> effects = new ArrayList<>(snapshotEffects(facts, configured, ready.totalComponents()));
    effects.addAll(ready.executor());
    ready.notices().forEach(notice -> effects.add(new Effect.Tell(notice)));
    ConditionSet conditions = conditions(facts.session())
        .withTrue(Conditions.SNAPSHOTS_ENSURED, Conditions.SUCCESSFULLY_ENSURED_SNAPSHOTS, "", facts.now())
        .withTrue(Conditions.BACKUP_EXECUTOR_ENSURED, Conditions.SUCCESSFULLY_ENSURED_BACKUP_EXECUTOR, "", facts.now());
    BackupSessionStatusBuilder status = builder(facts).conditions(conditions.items())
        .totalSnapshots(configured.repositories().size());
    return new Decision<>(withPhase(facts, status), effects, untilDeadline(facts), "Started");
  }

  /** With what kept it from starting, if that is known. */
  private static String overdue(BackupSessionFacts facts) {
    return conditions(facts.session()).find(Conditions.BACKUP_EXECUTOR_ENSURED)
        .filter(condition -> "False".equals(condition.status())).map(Condition::message)
        .map(last -> last.startsWith(DEADLINE_EXCEEDED) ? last : DEADLINE_EXCEEDED + ": " + last)
        .orElse(DEADLINE_EXCEEDED);
  }

  /** Before the hooks, so that nothing is frozen for a run that cannot even be noted. */
  private static Decision<BackupSessionStatus> ensureSnapshots(
      BackupSessionFacts facts, Session configured, Preparation.Ready ready) {
    ConditionSet conditions = conditions(facts.session()).withTrue(
        Conditions.SNAPSHOTS_ENSURED, Conditions.SUCCESSFULLY_ENSURED_SNAPSHOTS, "", facts.now());
    return new Decision<>(withPhase(facts, builder(facts).conditions(conditions.items())
        .totalSnapshots(configured.repositories().size())),
        snapshotEffects(facts, configured, ready.totalComponents()), Requeue.after(Duration.ZERO), "SnapshotsEnsured");
  }

  private static Decision<BackupSessionStatus> beforeHooks(BackupSessionFacts facts) {
    RunHooks.Step step = RunStages.before(facts);
    ConditionSet conditions = RunStages.BEFORE.tell(conditions(facts.session()), step, true, facts.now());
    return new Decision<>(withPhase(facts, builder(facts).conditions(conditions.items()).hooks(step.statuses())),
        step.effects(), next(step), "PreBackupHooks");
  }

  /** A run without a Job: its Snapshots are made and closed, so that a person finds the reason there too. */
  private static Decision<BackupSessionStatus> fail(BackupSessionFacts facts, Session configured, String message) {
    ConditionSet conditions = conditions(facts.session())
        .withTrue(Conditions.SNAPSHOTS_ENSURED, Conditions.SUCCESSFULLY_ENSURED_SNAPSHOTS, "", facts.now())
        .withFalse(Conditions.BACKUP_EXECUTOR_ENSURED, Conditions.FAILED_TO_ENSURE_BACKUP_EXECUTOR, message, facts.now());
    Optional<String> refused = conditions(facts.session()).find(Conditions.SNAPSHOTS_ENSURED)
        .filter(condition -> "False".equals(condition.status()) && isOverdue(facts)).map(Condition::message);
    if (refused.isPresent()) {
      String last = DEADLINE_EXCEEDED + ": " + refused.get();
      return end(facts, conditions(facts.session()).withFalse(Conditions.SNAPSHOTS_ENSURED,
          Conditions.FAILED_TO_ENSURE_SNAPSHOTS, last, facts.now()), last);
    }
    boolean made = facts.snapshots().size() == configured.repositories().size();
    if (!made) {
      BackupSessionStatusBuilder status = builder(facts).conditions(conditions.items())
          .totalSnapshots(configured.repositories().size());
      return new Decision<>(withPhase(facts, status), snapshotEffects(facts, configured, 1), Requeue.after(Duration.ZERO),
          "CannotStart");
    }
    return end(facts, conditions, message);
  }

  private static List<Effect> snapshotEffects(BackupSessionFacts facts, Session configured, int totalComponents) {
    List<Effect> effects = new ArrayList<>();
    for (RepositoryInfo info : configured.repositories()) {
      ObjectNode manifest = SnapshotManifest.of(facts.session(), facts.invoker().orElseThrow(),
          facts.repositories().get(info.name()));
      Effect.Create create = new Effect.Create(ResourceTypes.SNAPSHOTS, facts.session().getMetadata().getNamespace(),
          manifest, new Proof.Annotated(Labels.BACKUP_SESSION_UID, facts.session().getMetadata().getUid()));
      Optional<Snapshot> present = facts.snapshots().stream()
          .filter(snapshot -> Metadata.key(snapshot).equals(create.key())).findFirst();
      if (present.isEmpty()) {
        effects.add(create);
      }
      if (present.map(Snapshot::getStatus).map(status -> status.totalComponents()).isEmpty()) {
        effects.add(new Effect.PatchStatus(ResourceTypes.SNAPSHOTS, create.key(),
            SnapshotManifest.initialStatus(totalComponents)));
      }
    }
    return effects;
  }

  private static Decision<BackupSessionStatus> await(BackupSessionFacts facts) {
    List<Snapshot> unfinished = living(facts).filter(snapshot -> !Components.areFinal(snapshot)).toList();
    if (facts.cut() || facts.hooks().isReleasing()) {
      return atCut(facts);
    }
    if (unfinished.isEmpty() && lacksSnapshots(facts)) {
      return abandon(facts);
    }
    if (unfinished.isEmpty()) {
      RunHooks.Step step = RunStages.after(facts, status(facts.session()));
      if (!step.over() || !Objects.equals(step.statuses(), status(facts.session()).hooks())) {
        return afterHooks(facts, conditions(facts.session()), step);
      }
      return facts.snapshots().stream().allMatch(snapshot -> SnapshotPhase.isCompleted(Components.phaseOf(snapshot)))
          ? finish(facts) : progress(facts, List.of(), "Uploading");
    }
    if (isOverdue(facts)) {
      return expire(facts, unfinished);
    }
    Optional<String> ended = JobState.endedBecause(facts.job());
    if (ended.isPresent()) {
      List<Effect> effects = unfinished.stream().map(snapshot -> incomplete(snapshot, ended.get(), facts.now())).toList();
      return progress(facts, effects, "JobEndedEarly");
    }
    return progress(facts, List.of(), "Waiting");
  }

  private static Decision<BackupSessionStatus> atCut(BackupSessionFacts facts) {
    RunHooks.Step step = RunStages.atCut(facts);
    ConditionSet conditions = RunStages.AFTER.tell(conditions(facts.session()), step, false, facts.now());
    return new Decision<>(withPhase(facts, builder(facts).conditions(conditions.items()).hooks(step.statuses())),
        step.effects(), next(step), "DataIsCut");
  }

  private static Decision<BackupSessionStatus> afterHooks(
      BackupSessionFacts facts, ConditionSet conditions, RunHooks.Step step) {
    ConditionSet told = RunStages.AFTER.tell(conditions, step, !facts.hooks().after().isEmpty(), facts.now());
    return new Decision<>(withPhase(facts, builder(facts).conditions(told.items()).hooks(step.statuses())),
        step.effects(), next(step), "PostBackupHooks");
  }

  /** A hook that runs is waited for: its own end, by its timeout at the latest, is another pass. */
  private static Requeue next(RunHooks.Step step) {
    return step.over() || step.goesOn() ? Requeue.after(Duration.ZERO) : Requeue.settled();
  }

  /** Whether somebody has deleted Snapshots of a run that is under way. */
  static boolean lacksSnapshots(BackupSessionFacts facts) {
    Integer expected = status(facts.session()).totalSnapshots();
    return expected != null && living(facts).count() < expected;
  }

  private static Stream<Snapshot> living(BackupSessionFacts facts) {
    return facts.snapshots().stream().filter(snapshot -> !Metadata.isDeleting(snapshot));
  }

  private static Decision<BackupSessionStatus> abandon(BackupSessionFacts facts) {
    String message = "a Snapshot of this run was deleted before the run had ended";
    Decision<BackupSessionStatus> ended = end(facts, conditions(facts.session()).withFalse(Conditions.SNAPSHOTS_ENSURED,
        Conditions.FAILED_TO_ENSURE_SNAPSHOTS, message, facts.now()), message);
    List<Effect> effects = new ArrayList<>(ended.effects());
    facts.job().filter(job -> !Metadata.isDeleting(job)).map(BackupSessionRules::deletion).ifPresent(effects::add);
    return new Decision<>(ended.status(), effects, ended.requeue(), "SnapshotDeleted");
  }

  private static Decision<BackupSessionStatus> expire(BackupSessionFacts facts, List<Snapshot> unfinished) {
    List<Effect> effects = new ArrayList<>();
    facts.job().filter(job -> !Metadata.isDeleting(job)).map(BackupSessionRules::deletion).ifPresent(effects::add);
    for (Snapshot snapshot : unfinished) {
      Optional<ObjectNode> failed = Components.failUnfinished(snapshot, DEADLINE_EXCEEDED);
      effects.add(failed.<Effect>map(patch ->
              new Effect.PatchStatus(ResourceTypes.SNAPSHOTS, Metadata.key(snapshot), patch))
          .orElseGet(() -> incomplete(snapshot, DEADLINE_EXCEEDED, facts.now())));
    }
    return progress(facts, effects, "DeadlineExceeded");
  }

  private static Effect deletion(Job job) {
    return new Effect.Delete(ResourceTypes.JOBS, Metadata.key(job), DeleteOptions.exactly(job.getMetadata().getUid()));
  }

  private static Effect incomplete(Snapshot snapshot, String message, Instant now) {
    return new Effect.PatchStatus(ResourceTypes.SNAPSHOTS, Metadata.key(snapshot),
        Components.incomplete(snapshot, message, now));
  }

  private static Decision<BackupSessionStatus> progress(BackupSessionFacts facts, List<Effect> effects, String reason) {
    ConditionSet conditions = conditions(facts.session());
    if (facts.jobTrouble().isPresent()) {
      conditions = conditions.withTrue(Conditions.POD_PENDING_TOO_LONG, Conditions.POD_PENDING_TOO_LONG,
          facts.jobTrouble().get(), facts.now());
    }
    return new Decision<>(withPhase(facts, builder(facts).conditions(conditions.items())), effects,
        untilNextLook(facts), reason);
  }

  private static Decision<BackupSessionStatus> end(BackupSessionFacts facts, ConditionSet conditions, String message) {
    List<Effect> effects = living(facts).filter(snapshot -> !Components.areFinal(snapshot))
        .map(snapshot -> incomplete(snapshot, message, facts.now())).toList();
    return close(facts, conditions, effects, "Failed");
  }

  /** The hooks after the backup, whatever became of it; then the last word. */
  private static Decision<BackupSessionStatus> close(
      BackupSessionFacts facts, ConditionSet conditions, List<Effect> effects, String reason) {
    RunHooks.Step step = RunStages.after(facts, builder(facts).conditions(conditions.items()).build());
    if (!step.over()) {
      // What closes the Snapshots may be refused, and an application must not stay frozen for that.
      return afterHooks(facts, conditions, step);
    }
    ConditionSet told = RunStages.AFTER.tell(conditions, step, !facts.hooks().after().isEmpty(), facts.now());
    List<Effect> all = new ArrayList<>(effects);
    all.addAll(step.effects());
    return new Decision<>(withPhase(facts, builder(facts).conditions(pushed(told, facts.now()).items())
        .hooks(step.statuses()).duration(GoDuration.wholeSeconds(runtime(facts)))), all, Requeue.settled(), reason);
  }

  private static Decision<BackupSessionStatus> finish(BackupSessionFacts facts) {
    return close(facts, conditions(facts.session()), List.of(), "Finished");
  }

  private static ConditionSet pushed(ConditionSet conditions, Instant now) {
    return conditions.withTrue(Conditions.METRICS_PUSHED, Conditions.SUCCESSFULLY_PUSHED_METRICS, "", now);
  }

  private static Requeue untilDeadline(BackupSessionFacts facts) {
    return deadline(facts).map(deadline -> Requeue.after(Duration.between(facts.now(), deadline)))
        .orElse(Requeue.settled());
  }

  /** The deadline, or before it the moment from which a Job without a running Pod is worth telling. */
  private static Requeue untilNextLook(BackupSessionFacts facts) {
    Optional<Instant> pending = facts.job()
        .filter(_ -> facts.jobTrouble().isEmpty())
        .flatMap(job -> JobState.nextLook(job, facts.pods(), facts.podPendingThreshold()))
        .filter(moment -> moment.isAfter(facts.now()));
    return pending.filter(moment -> deadline(facts).map(moment::isBefore).orElse(true))
        .map(moment -> Requeue.after(Duration.between(facts.now(), moment)))
        .orElseGet(() -> untilDeadline(facts));
  }

  static boolean isOverdue(BackupSessionFacts facts) {
    return deadline(facts).filter(deadline -> !facts.now().isBefore(deadline)).isPresent();
  }

  static Optional<Instant> deadline(BackupSessionFacts facts) {
    return deadline(facts.session(), facts.defaultTimeout());
  }

  static Optional<Instant> deadline(BackupSession session, Duration defaultTimeout) {
    Duration timeout = Optional.ofNullable(session.getSpec().backupTimeout()).flatMap(GoDuration::parse)
        .orElse(defaultTimeout);
    return timeout.isZero() || timeout.isNegative() ? Optional.empty()
        : Optional.of(Instant.parse(session.getMetadata().getCreationTimestamp()).plus(timeout));
  }

  private static Duration runtime(BackupSessionFacts facts) {
    return Duration.between(Instant.parse(facts.session().getMetadata().getCreationTimestamp()), facts.now());
  }

  private static BackupSessionStatusBuilder builder(BackupSessionFacts facts) {
    return BackupSessionStatusBuilder.builder(status(facts.session()))
        .backupDeadline(deadline(facts).orElse(null))
        .snapshots(facts.snapshots().isEmpty() ? status(facts.session()).snapshots()
            : facts.snapshots().stream().map(SnapshotManifest::summary).toList());
  }

  private static BackupSessionStatus withPhase(BackupSessionFacts facts, BackupSessionStatusBuilder status) {
    BackupSessionStatus built = status.build();
    return BackupSessionStatusBuilder.builder(built).phase(BackupSessionPhase.of(built)).build();
  }

  private static BackupSessionStatus status(BackupSession session) {
    return Optional.ofNullable(session.getStatus()).orElseGet(() -> BackupSessionStatusBuilder.builder().build());
  }

  static String phaseOf(BackupSession session) {
    return Optional.ofNullable(status(session).phase()).orElse("");
  }

  private static ConditionSet conditions(BackupSession session) {
    return ConditionSet.of(status(session).conditions());
  }
}
