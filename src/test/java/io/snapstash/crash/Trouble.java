package io.snapstash.crash;

import java.util.ArrayList;
import java.util.List;

/**
 * The one trouble of a run: the writes of all its processes are counted together, to the API server and to the store,
 * and the given one goes wrong. Any thread may ask.
 */
final class Trouble {
  private final int at;
  private final Way way;
  private final List<String> writes = new ArrayList<>();

  /** @param at the number of the write, from 1; with 0 nothing goes wrong */
  Trouble(int at, Way way) {
    this.at = at;
    this.way = way;
  }

  int at() {
    return at;
  }

  Way way() {
    return way;
  }

  /** Takes note of a write, which must be of a living process; that one dies here if it is to. */
  synchronized Verdict meet(String what, Mortal process) {
    writes.add(process.kind() + ": " + what);
    if (writes.size() != at) {
      return Verdict.PASSES;
    }
    return switch (way) {
      case NEVER_ARRIVES -> Verdict.NEVER_ARRIVES;
      case ANSWER_LOST -> Verdict.ANSWER_LOST;
      case DIES_BEFORE -> {
        process.die();
        yield Verdict.NEVER_ARRIVES;
      }
      case DIES -> {
        process.die();
        yield Verdict.ANSWER_LOST;
      }
    };
  }

  /** All writes so far, in their order. */
  synchronized List<String> writes() {
    return List.copyOf(writes);
  }

  /** The write that went wrong; empty text if there has been none. */
  synchronized String struck() {
    return at > 0 && writes.size() >= at ? writes.get(at - 1) : "";
  }
}
