package io.snapstash.controller.hook;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.api.HookInfo;
import io.snapstash.api.HookStatus;
import io.snapstash.api.HookStatuses;
import io.snapstash.api.Phases;
import io.snapstash.controller.Effect;
import io.snapstash.controller.Notice;
import io.snapstash.domain.Absent;
import io.snapstash.domain.hook.HookItem;
import io.snapstash.domain.hook.HookKey;
import io.snapstash.domain.hook.HookProgress;
import io.snapstash.domain.hook.HookTurn;
import io.snapstash.domain.phase.Summary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The hooks of one run, before and after its work, as one pass sees them.
 *
 * @param statuses what the status says of them; its lists are never null
 * @param progress what this process knows of those that have begun
 * @param namespace of the target
 * @param told objects that hear of a hook that fails
 */
public record RunHooks(HasMetadata run, List<HookItem> before, List<HookItem> after, HookStatuses statuses,
    Map<HookKey, HookProgress> progress, String namespace, Map<String, String> builtIns, List<HasMetadata> told) {
  private static final Summary.Status SO_FAR_GOOD = new Summary.Status(Phases.SUCCEEDED, "", "");

  public RunHooks {
    before = List.copyOf(before);
    after = List.copyOf(after);
    progress = Map.copyOf(progress);
    builtIns = Map.copyOf(builtIns);
    told = List.copyOf(told);
  }

  /** Where and for whom hooks run. */
  public record Place(String namespace, Map<String, String> builtIns, List<HasMetadata> told) {}

  /** What a stage comes to in one pass: the statuses as they are to be, and what is to be done. */
  public record Step(HookStatuses statuses, List<Effect> effects, List<String> faults, boolean over, boolean failed) {
    /** Whether another pass has to follow at once. */
    public boolean goesOn() {
      return effects.stream().anyMatch(Effect.AnnounceHook.class::isInstance);
    }
  }

  public static RunHooks of(HasMetadata run, List<HookInfo> before, List<HookInfo> after, HookStatuses found,
      HookDesk desk, Place place) {
    HookStatuses statuses = new HookStatuses(found == null ? List.of() : Absent.list(found.preHooks()),
        found == null ? List.of() : Absent.list(found.postHooks()));
    String uid = run.getMetadata().getUid();
    List<HookItem> first = HookItem.of(uid, false, before, statuses.preHooks());
    List<HookItem> last = HookItem.of(uid, true, after, statuses.postHooks());
    Map<HookKey, HookProgress> progress = new HashMap<>();
    for (List<HookItem> items : List.of(first, last)) {
      items.stream().filter(HookItem::hasBegun).forEach(item -> progress.put(item.key(), desk.of(item.key(), run)));
    }
    return new RunHooks(run, first, last, statuses, progress, place.namespace(), place.builtIns(), place.told());
  }

  /** Whether a hook before the work has begun, so that those after it have something to end (behaviour 11.4). */
  public boolean hasBegun() {
    return !statuses.preHooks().isEmpty();
  }

  public boolean isWaitingBefore() {
    return statuses.preHooks().stream().anyMatch(each -> Phases.PENDING.equals(each.phase()));
  }

  /** Hooks that need not wait for more than the cut, and have not begun. */
  public boolean awaitsCut() {
    return after.stream().anyMatch(item -> item.isForCut() && !item.hasBegun());
  }

  /** Whether one of the hooks for the cut is at work. */
  public boolean isReleasing() {
    return after.stream().anyMatch(item -> item.isForCut() && item.entry().stream()
        .anyMatch(at -> Phases.PENDING.equals(statuses.postHooks().get(at).phase())));
  }

  /** In order; the first that fails is the last. */
  public Step before(Summary summary, Optional<Instant> limit) {
    HookTurn turn = HookTurn.take(before, statuses.preHooks(), this::progressOf, _ -> true, true);
    return step(turn, new HookStatuses(turn.entries(), statuses.postHooks()), summary, limit);
  }

  /** Only what has begun before is brought to an end; nothing else begins. */
  public Step settleBefore(Summary summary, Optional<Instant> limit) {
    HookTurn turn = HookTurn.take(before.stream().filter(HookItem::hasBegun).toList(), statuses.preHooks(),
        this::progressOf, _ -> false, true);
    return step(turn, new HookStatuses(turn.entries(), statuses.postHooks()), summary, limit);
  }

  /** Those that wait for the cut; one that fails does not keep the others from ending what they end. */
  public Step atCut(Summary summary, Optional<Instant> limit) {
    HookTurn turn = HookTurn.take(after.stream().filter(HookItem::isForCut).toList(), statuses.postHooks(),
        this::progressOf, item -> item.isDue(false), false);
    return step(turn, new HookStatuses(statuses.preHooks(), turn.entries()), summary, limit);
  }

  /**
   * In order. After hooks before the work, each is given its chance, whatever became of those before it: one of
   * them is to end what was begun. There is no limit beyond their own timeouts, for the same reason.
   */
  public Step after(Summary summary) {
    boolean failed = Phases.FAILED.equals(summary.status().phase());
    Predicate<HookItem> due = item -> item.isDue(failed);
    HookTurn turn = HookTurn.take(after, statuses.postHooks(), this::progressOf, due, !hasBegun());
    return step(turn, new HookStatuses(statuses.preHooks(), turn.entries()), summary, Optional.empty());
  }

  /** A Summary for hooks that run before anything could have failed. */
  public static Summary soFarGood(Summary summary) {
    return new Summary(summary.name(), summary.namespace(), summary.invoker(), summary.target(), SO_FAR_GOOD);
  }

  private HookProgress progressOf(HookItem item) {
    return progress.getOrDefault(item.key(), new HookProgress.Unknown());
  }

  private Step step(HookTurn turn, HookStatuses now, Summary summary, Optional<Instant> limit) {
    List<Effect> effects = new ArrayList<>();
    turn.faults().forEach(fault -> told.forEach(object ->
        effects.add(new Effect.Tell(Notice.warning(object, "HookFailed", fault)
            .counted(fault, run.getMetadata().getUid())))));
    turn.announced().ifPresent(item -> effects.add(new Effect.AnnounceHook(item.key())));
    turn.started().ifPresent(item -> effects.add(new Effect.StartHook(
        new HookOrder(item.key(), run, item.hook(), namespace, summary, limit, builtIns))));
    return new Step(trimmed(now), effects, turn.faults(), turn.over(), turn.failed());
  }

  /** Absent, as in a run without hooks, rather than empty. */
  private static HookStatuses trimmed(HookStatuses statuses) {
    List<HookStatus> pre = statuses.preHooks().isEmpty() ? null : statuses.preHooks();
    List<HookStatus> post = statuses.postHooks().isEmpty() ? null : statuses.postHooks();
    return pre == null && post == null ? null : new HookStatuses(pre, post);
  }
}
