package io.snapstash.domain.phase;

import java.util.Collection;

/** How many of some parts are in which phase. */
record PhaseCount(Collection<String> phases) {
  int of(String phase) {
    return (int) phases.stream().filter(phase::equals).count();
  }

  boolean any(String phase) {
    return phases.contains(phase);
  }

  boolean all(String phase) {
    return phases.stream().allMatch(phase::equals);
  }
}
