package io.snapstash.controller.restoresession;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.snapstash.api.Conditions;
import io.snapstash.api.Phases;
import io.snapstash.api.ResourceFoundStatus;
import io.snapstash.api.RestoreComponent;
import io.snapstash.api.RestoreComponentBuilder;
import io.snapstash.api.RestoreSession;
import io.snapstash.api.RestoreSessionStatus;
import io.snapstash.api.RestoreSessionStatusBuilder;
import io.snapstash.api.Snapshot;
import io.snapstash.controller.Decision;
import io.snapstash.controller.Effect;
import io.snapstash.controller.Features;
import io.snapstash.controller.JobState;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Notice;
import io.snapstash.controller.hook.RunHooks;
import io.snapstash.csi.SnapshotPair;
import io.snapstash.domain.feature.UnavailableFeatures;
import io.snapstash.domain.phase.ConditionSet;
import io.snapstash.domain.phase.RestoreSessionPhase;
import io.snapstash.domain.restore.ClaimOwner;
import io.snapstash.domain.unit.GoDuration;
import io.snapstash.engine.Requeue;
import io.snapstash.kube.DeleteOptions;
import io.snapstash.kube.ResourceTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One restore from first sight to its last condition (behaviour 8): check it, wait for what it refers to, note the
 * Snapshot, start the Job, wait for the components, end it. Volumes that bind later turn Unknown into Succeeded.
 */
final class RestoreSessionRules {
  private static final String DEADLINE_EXCEEDED = "deadline exceeded";

  private RestoreSessionRules() {}

  static Decision<RestoreSessionStatus> decide(RestoreSessionFacts facts) {
    RestoreSession restore = facts.restore();
    String phase = Optional.ofNullable(status(restore).phase()).orElse("");
    if (Metadata.isDeleting(restore) && Metadata.hasFinalizer(restore) && isFrozen(facts)) {
      return thaw(facts);
    }
    Optional<Decision<RestoreSessionStatus>> last =
        phase.equals(Phases.UNKNOWN) && !Metadata.isDeleting(restore) ? Optional.empty() : LentPairs.giveBack(facts);
    if (last.isPresent()) {
      return last.get();
    }
    if (Metadata.isDeleting(restore) || phase.equals(Phases.SUCCEEDED)
        || conditions(restore).isTrue(Conditions.METRICS_PUSHED) && !phase.equals(Phases.UNKNOWN)) {
      return new Decision<>(status(restore), List.of(), Requeue.settled(), "Completed");
    }
    if (phase.equals(Phases.UNKNOWN) && conditions(restore).isTrue(Conditions.METRICS_PUSHED)) {
      return lookAtClaims(facts);
    }
    if (conditions(restore).isTrue(Conditions.RESTORE_EXECUTOR_ENSURED)) {
      return await(facts);
    }
    return hasEnded(facts) ? end(facts, conditions(restore), "Finished") : launch(facts);
  }

  /** Once a hook after the restore has begun, or one before it has failed, nothing is started any more. */
  private static boolean hasEnded(RestoreSessionFacts facts) {
    return !facts.hooks().statuses().postHooks().isEmpty()
        || conditions(facts.restore()).isFalse(Conditions.PRE_RESTORE_HOOKS_SUCCEEDED);
  }

  private static boolean isFrozen(RestoreSessionFacts facts) {
    return facts.hooks().hasBegun() && !conditions(facts.restore()).has(Conditions.METRICS_PUSHED)
        && (facts.hooks().isWaitingBefore() || !RestoreStages.after(facts, status(facts.restore())).over());
  }

  /** A restore that is deleted in the midst of it still ends what its hooks began. */
  private static Decision<RestoreSessionStatus> thaw(RestoreSessionFacts facts) {
    ConditionSet conditions = conditions(facts.restore()).withFalse(Conditions.RESTORE_EXECUTOR_ENSURED,
        Conditions.FAILED_TO_ENSURE_RESTORE_EXECUTOR, "the RestoreSession was deleted", facts.now());
    if (!facts.hooks().isWaitingBefore()) {
      return close(facts, builder(facts), conditions, List.of(), "Deleted");
    }
    RunHooks.Step step = RestoreStages.settleBefore(facts);
    return hooks(facts, RestoreStages.BEFORE.tell(conditions, step, true, facts.now()), step, "PreRestoreHooks");
  }

  /** What a stage of hooks comes to in this pass; a hook that runs brings about the next one when it ends. */
  private static Decision<RestoreSessionStatus> hooks(
      RestoreSessionFacts facts, ConditionSet conditions, RunHooks.Step step, String reason) {
    return new Decision<>(phased(builder(facts).conditions(conditions.items()).hooks(step.statuses())), step.effects(),
        step.over() || step.goesOn() ? Requeue.after(Duration.ZERO) : Requeue.settled(), reason);
  }

  static RestoreSessionStatus afterFailure(RestoreSessionFacts facts, String message) {
    if (conditions(facts.restore()).isTrue(Conditions.RESTORE_EXECUTOR_ENSURED)) {
      return status(facts.restore());
    }
    ConditionSet conditions = conditions(facts.restore()).withFalse(Conditions.RESTORE_EXECUTOR_ENSURED,
        Conditions.FAILED_TO_ENSURE_RESTORE_EXECUTOR, message, facts.now());
    return phased(builder(facts).conditions(conditions.items()));
  }

  private static Decision<RestoreSessionStatus> launch(RestoreSessionFacts facts) {
    if (facts.hooks().isWaitingBefore()) {
      return beforeHooks(facts, conditions(facts.restore()));
    }
    ConditionSet conditions = checked(facts);
    if (!facts.violations().isEmpty()) {
      return invalid(facts, conditions, facts.violations());
    }
    if (deadline(facts).filter(deadline -> !facts.now().isBefore(deadline)).isPresent()) {
      String waited = facts.missing().map(missing -> "; still missing: " + missing.message()).orElse("");
      return end(facts, conditions.withFalse(Conditions.RESTORE_EXECUTOR_ENSURED,
          Conditions.FAILED_TO_ENSURE_RESTORE_EXECUTOR, DEADLINE_EXCEEDED + waited, facts.now()), "DeadlineExceeded");
    }
    if (facts.refusal().isPresent()) {
      return end(facts, conditions.withFalse(Conditions.RESTORE_EXECUTOR_ENSURED,
          Conditions.FAILED_TO_ENSURE_RESTORE_EXECUTOR, facts.refusal().get(), facts.now()), "Refused");
    }
    if (facts.missing().isPresent()) {
      return new Decision<>(phased(builder(facts).conditions(conditions.items())), List.of(), untilDeadline(facts),
          facts.missing().get().reason());
    }
    if (notesSnapshotFirst(facts)) {
      return new Decision<>(phased(builder(facts).conditions(conditions.items())), List.of(), Requeue.after(Duration.ZERO),
          "SnapshotChosen");
    }
    return switch (facts.preparation().orElse(new RestorePreparation.Impossible("nothing prepared"))) {
      case RestorePreparation.Ready ready -> start(facts, conditions, ready);
      case RestorePreparation.Later(String message) -> new Decision<>(phased(builder(facts).conditions(
          conditions.withFalse(Conditions.RESTORE_EXECUTOR_ENSURED, Conditions.FAILED_TO_ENSURE_RESTORE_EXECUTOR,
              message, facts.now()).items())), List.of(), Requeue.retry(message), "Postponed");
      case RestorePreparation.Invalid(List<String> violations) -> invalid(facts, conditions, violations);
      case RestorePreparation.Impossible(String message) -> end(facts, conditions.withFalse(
          Conditions.RESTORE_EXECUTOR_ENSURED, Conditions.FAILED_TO_ENSURE_RESTORE_EXECUTOR, message, facts.now()),
          "CannotStart");
    };
  }

  /** The choice must survive a crash, so it is in the status one pass before the Job (behaviour 8.2). */
  private static boolean notesSnapshotFirst(RestoreSessionFacts facts) {
    return facts.snapshot().filter(snapshot -> chosen(facts.restore()).isEmpty()).isPresent();
  }

  /** Name of the Snapshot that an earlier pass has noted. */
  static Optional<ResourceFoundStatus> chosen(RestoreSession restore) {
    return Optional.ofNullable(status(restore).dependencies()).orElse(List.of()).stream()
        .filter(each -> "Snapshot".equals(each.kind()) && Boolean.TRUE.equals(each.found())).findFirst();
  }

  private static ConditionSet checked(RestoreSessionFacts facts) {
    ConditionSet conditions = Features.mark(conditions(facts.restore()),
        facts.restore().getSpec() == null ? List.of() : UnavailableFeatures.of(facts.restore().getSpec()), facts.now());
    if (!facts.violations().isEmpty()) {
      return conditions;
    }
    conditions = conditions.withTrue(
        Conditions.VALIDATION_PASSED, Conditions.RESOURCE_VALIDATION_PASSED, "", facts.now());
    conditions = facts.targetFound().orElse(true)
        ? conditions.withTrue(Conditions.RESTORE_TARGET_FOUND, Conditions.TARGET_FOUND, "", facts.now())
        : conditions.withFalse(Conditions.RESTORE_TARGET_FOUND, Conditions.UNABLE_TO_CHECK_TARGET_AVAILABILITY,
            "the target does not exist (yet); the restore does not need it", facts.now());
    return facts.missing().isPresent()
        ? conditions.withFalse(Conditions.DEPENDENCIES_FOUND, facts.missing().get().reason(),
            facts.missing().get().message(), facts.now())
        : conditions.withTrue(Conditions.DEPENDENCIES_FOUND, Conditions.DEPENDENCIES_FOUND, "", facts.now());
  }

  private static Decision<RestoreSessionStatus> invalid(
      RestoreSessionFacts facts, ConditionSet conditions, List<String> violations) {
    ConditionSet refused = conditions.withFalse(Conditions.VALIDATION_PASSED, Conditions.RESOURCE_VALIDATION_FAILED,
        String.join("; ", violations), facts.now());
    return new Decision<>(phased(builder(facts).conditions(refused.items())), List.of(), Requeue.settled(), "Invalid");
  }

  private static Decision<RestoreSessionStatus> start(
      RestoreSessionFacts facts, ConditionSet conditions, RestorePreparation.Ready ready) {
    boolean hooked = !facts.hooks().before().isEmpty();
    if ((hooked || !ready.pairs().isEmpty()) && !Metadata.hasFinalizer(facts.restore())) {
      return new Decision<>(status(facts.restore()), List.of(new Effect.Patch(ResourceTypes.RESTORE_SESSIONS,
          Metadata.key(facts.restore()), Metadata.withFinalizer(facts.restore()))), Requeue.settled(), "Marked");
    }
    List<SnapshotPair> unnoted = LentPairs.unnoted(facts.restore(), ready.pairs());
    if (!unnoted.isEmpty()) {
      return new Decision<>(phased(builder(facts).conditions(conditions.items())
          .dependencies(LentPairs.noted(facts.restore(), facts.dependencies(), unnoted))), List.of(),
          Requeue.after(Duration.ZERO), "PairsNoted");
    }
    if (hooked && !conditions.isTrue(Conditions.PRE_RESTORE_HOOKS_SUCCEEDED)) {
      return beforeHooks(facts, conditions);
    }
    List<Effect> effects = new ArrayList<>(ready.executor());
    ready.notices().forEach(notice -> effects.add(new Effect.Tell(notice)));
    RestoreSessionStatusBuilder status = builder(facts).totalComponents(ready.totalComponents())
        .conditions(conditions.withTrue(Conditions.RESTORE_EXECUTOR_ENSURED,
            Conditions.SUCCESSFULLY_ENSURED_RESTORE_EXECUTOR, "", facts.now()).items());
    return new Decision<>(phased(status), effects, untilDeadline(facts), "Started");
  }

  private static Decision<RestoreSessionStatus> beforeHooks(RestoreSessionFacts facts, ConditionSet conditions) {
    RunHooks.Step step = RestoreStages.before(facts);
    return hooks(facts, RestoreStages.BEFORE.tell(conditions, step, true, facts.now()), step, "PreRestoreHooks");
  }

  private static Decision<RestoreSessionStatus> await(RestoreSessionFacts facts) {
    RestoreSessionStatus status = status(facts.restore());
    if (!isUnfinished(status)) {
      return end(facts, conditions(facts.restore()), "Finished");
    }
    if (deadline(facts).filter(deadline -> !facts.now().isBefore(deadline)).isPresent()) {
      return expire(facts);
    }
    Optional<String> ended = JobState.endedBecause(facts.job());
    if (ended.isPresent()) {
      return end(facts, conditions(facts.restore()).withTrue(Conditions.RESTORE_INCOMPLETE,
          Conditions.RESTORE_EXECUTOR_TERMINATED_BEFORE_COMPLETION, ended.get(), facts.now()), "JobEndedEarly");
    }
    ConditionSet conditions = facts.jobTrouble().map(trouble -> conditions(facts.restore()).withTrue(
        Conditions.POD_PENDING_TOO_LONG, Conditions.POD_PENDING_TOO_LONG, trouble, facts.now()))
        .orElse(conditions(facts.restore()));
    return new Decision<>(phased(builder(facts).conditions(conditions.items())), List.of(), untilNextLook(facts),
        "Waiting");
  }

  static boolean isUnfinished(RestoreSessionStatus status) {
    Map<String, RestoreComponent> components = Optional.ofNullable(status.components()).orElse(Map.of());
    return status.totalComponents() == null || components.size() < status.totalComponents()
        || components.values().stream().anyMatch(component -> !isFinal(component));
  }

  private static boolean isFinal(RestoreComponent component) {
    return Phases.SUCCEEDED.equals(component.phase()) || Phases.FAILED.equals(component.phase())
        || Phases.UNKNOWN.equals(component.phase());
  }

  private static Decision<RestoreSessionStatus> expire(RestoreSessionFacts facts) {
    List<Effect> effects = new ArrayList<>(emptyClaims(facts));
    facts.job().filter(job -> !Metadata.isDeleting(job)).map(RestoreSessionRules::deletion).ifPresent(effects::add);
    Map<String, RestoreComponent> components = new TreeMap<>(
        Optional.ofNullable(status(facts.restore()).components()).orElse(Map.of()));
    components.replaceAll((_, component) -> isFinal(component) ? component : RestoreComponentBuilder.builder(component)
        .phase(Phases.FAILED).error(DEADLINE_EXCEEDED).build());
    ConditionSet conditions = conditions(facts.restore()).withTrue(Conditions.RESTORE_INCOMPLETE,
        Conditions.RESTORE_EXECUTOR_TERMINATED_BEFORE_COMPLETION, DEADLINE_EXCEEDED, facts.now());
    RestoreSessionStatusBuilder status = builder(facts);
    if (!components.isEmpty()) {
      status.components(components);
    }
    return close(facts, status, conditions, effects, "DeadlineExceeded");
  }

  private static Effect deletion(Job job) {
    return new Effect.Delete(ResourceTypes.JOBS, Metadata.key(job), DeleteOptions.exactly(job.getMetadata().getUid()));
  }

  private static Decision<RestoreSessionStatus> end(
      RestoreSessionFacts facts, ConditionSet conditions, String reason) {
    return close(facts, builder(facts), conditions, emptyClaims(facts), reason);
  }

  /** The hooks after the restore, whatever became of it; then the last word. */
  private static Decision<RestoreSessionStatus> close(RestoreSessionFacts facts, RestoreSessionStatusBuilder status,
      ConditionSet conditions, List<Effect> effects, String reason) {
    RunHooks.Step step = RestoreStages.after(facts, status.conditions(conditions.items()).build());
    ConditionSet told =
        RestoreStages.AFTER.tell(conditions, step, !facts.hooks().after().isEmpty(), facts.now());
    List<Effect> all = new ArrayList<>(effects);
    all.addAll(step.effects());
    if (!step.over()) {
      return new Decision<>(phased(status.conditions(told.items()).hooks(step.statuses())), all,
          step.goesOn() ? Requeue.after(Duration.ZERO) : Requeue.settled(), "PostRestoreHooks");
    }
    return new Decision<>(phased(status.conditions(pushed(told, facts.now()).items()).hooks(step.statuses())
        .duration(runtime(facts))), all, Requeue.settled(), reason);
  }

  /**
   * A Job that dies for good before it can take back a claim whose source the API server has dropped leaves that claim
   * empty (behaviour 8.10). Labels can be copied, so the operator deletes no claim; it says which one to delete.
   */
  private static List<Effect> emptyClaims(RestoreSessionFacts facts) {
    return facts.claims().stream()
        .filter(claim -> claim.getSpec().getDataSourceRef() == null && !Metadata.isDeleting(claim))
        .<Effect>map(claim -> new Effect.Tell(Notice.warning(facts.restore(), "EmptyClaim", "PersistentVolumeClaim "
            + Metadata.key(claim) + " was made by this restore without a data source: it is empty, delete it")))
        .toList();
  }

  /** A claim that waited for its first consumer has been bound, or lost, since (behaviour 8.14). */
  private static Decision<RestoreSessionStatus> lookAtClaims(RestoreSessionFacts facts) {
    RestoreSessionStatus status = status(facts.restore());
    Map<String, RestoreComponent> components = new TreeMap<>(
        Optional.ofNullable(status.components()).orElse(Map.of()));
    components.replaceAll((name, component) -> Phases.UNKNOWN.equals(component.phase())
        ? settled(component, facts.claims().stream()
            .filter(claim -> name.equals(Metadata.annotation(claim, ClaimOwner.COMPONENT))).toList()) : component);
    return new Decision<>(phased(builder(facts).components(components)), List.of(), Requeue.settled(), "ClaimsSeen");
  }

  private static RestoreComponent settled(RestoreComponent component, List<PersistentVolumeClaim> claims) {
    if (claims.stream().anyMatch(claim -> hasPhase(claim, "Lost"))) {
      return RestoreComponentBuilder.builder(component).phase(Phases.FAILED)
          .error("a restored claim has lost its volume").build();
    }
    boolean bound = !claims.isEmpty() && claims.stream().allMatch(claim -> hasPhase(claim, "Bound"));
    return bound ? RestoreComponentBuilder.builder(component).phase(Phases.SUCCEEDED).error(null).build() : component;
  }

  private static boolean hasPhase(PersistentVolumeClaim claim, String phase) {
    return claim.getStatus() != null && phase.equals(claim.getStatus().getPhase());
  }

  private static ConditionSet pushed(ConditionSet conditions, Instant now) {
    return conditions.withTrue(Conditions.METRICS_PUSHED, Conditions.SUCCESSFULLY_PUSHED_METRICS, "", now);
  }

  private static Requeue untilDeadline(RestoreSessionFacts facts) {
    return deadline(facts).map(deadline -> Requeue.after(Duration.between(facts.now(), deadline)))
        .orElse(Requeue.settled());
  }

  private static Requeue untilNextLook(RestoreSessionFacts facts) {
    return facts.job().filter(_ -> facts.jobTrouble().isEmpty())
        .flatMap(job -> JobState.nextLook(job, facts.pods(), facts.podPendingThreshold()))
        .filter(moment -> moment.isAfter(facts.now()) && deadline(facts).map(moment::isBefore).orElse(true))
        .map(moment -> Requeue.after(Duration.between(facts.now(), moment)))
        .orElseGet(() -> untilDeadline(facts));
  }

  static Optional<Instant> deadline(RestoreSessionFacts facts) {
    return deadline(facts.restore(), facts.defaultTimeout());
  }

  static Optional<Instant> deadline(RestoreSession restore, Duration defaultTimeout) {
    Duration timeout = Optional.ofNullable(restore.getSpec()).map(spec -> spec.restoreTimeout())
        .flatMap(GoDuration::parse).orElse(defaultTimeout);
    return timeout.isZero() || timeout.isNegative() ? Optional.empty()
        : Optional.of(Instant.parse(restore.getMetadata().getCreationTimestamp()).plus(timeout));
  }

  private static String runtime(RestoreSessionFacts facts) {
    return GoDuration.wholeSeconds(Duration.between(
        Instant.parse(facts.restore().getMetadata().getCreationTimestamp()), facts.now()));
  }

  private static RestoreSessionStatusBuilder builder(RestoreSessionFacts facts) {
    return RestoreSessionStatusBuilder.builder(status(facts.restore()))
        .restoreDeadline(deadline(facts).orElse(null))
        .targetFound(facts.targetFound().orElse(true))
        .dependencies(facts.dependencies().isEmpty() ? status(facts.restore()).dependencies()
            : LentPairs.noted(facts.restore(), facts.dependencies(), List.of()))
        .pausedBackups(facts.pausedBackups().isEmpty() ? status(facts.restore()).pausedBackups()
            : facts.pausedBackups());
  }

  private static RestoreSessionStatus phased(RestoreSessionStatusBuilder status) {
    RestoreSessionStatus built = status.build();
    return RestoreSessionStatusBuilder.builder(built).phase(RestoreSessionPhase.of(built)).build();
  }

  static RestoreSessionStatus status(RestoreSession restore) {
    return Optional.ofNullable(restore.getStatus()).orElseGet(() -> RestoreSessionStatusBuilder.builder().build());
  }

  static ConditionSet conditions(RestoreSession restore) {
    return conditions(status(restore));
  }

  static ConditionSet conditions(RestoreSessionStatus status) {
    return ConditionSet.of(status.conditions());
  }
}
