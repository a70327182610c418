package io.snapstash.domain.hook;

import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.HookInfo;
import io.snapstash.api.HookStatus;
import io.snapstash.domain.Absent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A hook of a list and where the status speaks of it. A hook gets its entry when it is begun, so one without an entry
 * has not been; the n-th of a name has the n-th entry of that name.
 */
public record HookItem(HookKey key, HookInfo hook, OptionalInt entry) {
  /** Our extension (param of a hook after a backup): run as soon as the data is cut, not when it is stored. */
  public static final String RELEASE_ON = "releaseOn";
  private static final String CUT = "cut";

  public static List<HookItem> of(String uid, boolean after, List<HookInfo> hooks, List<HookStatus> entries) {
    List<HookItem> items = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (HookInfo hook : Absent.list(hooks)) {
      String name = nameOf(hook);
      int occurrence = seen.merge(name, 1, Integer::sum) - 1;
      items.add(new HookItem(new HookKey(uid, after, name, occurrence), hook, entry(entries, name, occurrence)));
    }
    return items;
  }

  /** A hook without a name goes by its template. */
  private static String nameOf(HookInfo hook) {
    if (!Absent.text(hook.name()).isEmpty()) {
      return hook.name();
    }
    return hook.hookTemplate() == null || Absent.text(hook.hookTemplate().name()).isEmpty() ? "hook"
        : hook.hookTemplate().name();
  }

  private static OptionalInt entry(List<HookStatus> entries, String name, int occurrence) {
    int left = occurrence;
    for (int i = 0; i < Absent.list(entries).size(); i++) {
      if (name.equals(entries.get(i).name()) && left-- == 0) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  public boolean hasBegun() {
    return entry.isPresent();
  }

  /** Whether it need not wait for more than the cut. One for failures only does: before the end nothing has failed. */
  public boolean isForCut() {
    JsonNode params = Absent.tree(hook.params());
    return CUT.equals(params.path(RELEASE_ON).asText()) && !"OnFailure".equals(hook.executionPolicy());
  }

  /** Whether its policy lets it run after a run of that phase (behaviour 11.5). */
  public boolean isDue(boolean failed) {
    return switch (Absent.text(hook.executionPolicy())) {
      case "OnSuccess" -> !failed;
      case "OnFailure" -> failed;
      default -> true;
    };
  }
}
