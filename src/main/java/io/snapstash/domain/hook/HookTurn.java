package io.snapstash.domain.hook;

import io.snapstash.api.HookStatus;
import io.snapstash.api.Phases;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One look at a list of hooks (behaviour 11.4 to 11.6): what the status is to say now, and which hook is to be
 * announced or started. A hook is started only once the status has said so: whoever finds an entry Pending and
 * knows nothing of it calls the hook failed instead of running it twice.
 *
 * @param entries the list of the status as it should be
 * @param announced a hook whose entry is new; it may start when that has been written
 * @param started a hook to start, or to take up again
 * @param faults what failed just now, as {@code hook "name": why}
 * @param over whether nothing is left to do
 * @param failed whether a hook has failed, now or before
 */
public record HookTurn(List<HookStatus> entries, Optional<HookItem> announced, Optional<HookItem> started,
    List<String> faults, boolean over, boolean failed) {
  static final String LOST = "the operator was stopped while the hook ran; how it ended is unknown, and it is not repeated";

  public HookTurn {
    entries = List.copyOf(entries);
    faults = List.copyOf(faults);
  }

  /**
   * @param progress of hooks that have begun
   * @param due whether a hook that has not begun is to run; if not, it counts as Succeeded
   * @param stops whether the first failure ends the list
   */
  public static HookTurn take(List<HookItem> items, List<HookStatus> entries, Function<HookItem, HookProgress> progress,
      Predicate<HookItem> due, boolean stops) {
    Draft draft = new Draft(entries);
    for (HookItem item : items) {
      Optional<HookTurn> pause = draft.look(item, progress, due);
      if (pause.isPresent()) {
        return pause.get();
      }
      if (draft.failed && stops) {
        break;
      }
    }
    return draft.turn(Optional.empty(), Optional.empty(), true);
  }

  /** The entries while the list is gone through. */
  private static final class Draft {
    private final List<HookStatus> entries;
    private final List<String> faults = new ArrayList<>();
    private boolean failed;

    Draft(List<HookStatus> entries) {
      this.entries = new ArrayList<>(entries);
    }

    /** The turn, if it ends at this hook. */
    Optional<HookTurn> look(HookItem item, Function<HookItem, HookProgress> progress, Predicate<HookItem> due) {
      if (item.entry().isEmpty()) {
        boolean runs = due.test(item);
        entries.add(new HookStatus(item.key().name(), runs ? Phases.PENDING : Phases.SUCCEEDED));
        return runs ? Optional.of(turn(Optional.of(item), Optional.empty(), false)) : Optional.empty();
      }
      String phase = entries.get(item.entry().getAsInt()).phase();
      if (!Phases.PENDING.equals(phase)) {
        failed |= Phases.FAILED.equals(phase);
        return Optional.empty();
      }
      return switch (progress.apply(item)) {
        case HookProgress.Announced _ -> Optional.of(turn(Optional.empty(), Optional.of(item), false));
        case HookProgress.Running _ -> Optional.of(turn(Optional.empty(), Optional.empty(), false));
        case HookProgress.Unknown _ -> settle(item, HookResult.failed(LOST));
        case HookProgress.Ended(HookResult result) -> settle(item, result);
      };
    }

    private Optional<HookTurn> settle(HookItem item, HookResult result) {
      boolean good = result instanceof HookResult.Succeeded;
      entries.set(item.entry().getAsInt(), new HookStatus(item.key().name(), good ? Phases.SUCCEEDED : Phases.FAILED));
      if (result instanceof HookResult.Failed(String message)) {
        failed = true;
        faults.add("hook \"" + item.key().name() + "\": " + message);
      }
      return Optional.empty();
    }

    HookTurn turn(Optional<HookItem> announced, Optional<HookItem> started, boolean over) {
      return new HookTurn(entries, announced, started, faults, over, failed);
    }
  }
}
