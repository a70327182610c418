package io.snapstash.engine;

import java.time.Duration;
import java.util.Optional;

/** When a key wants to be looked at again, apart from any change that brings it forward. */
public sealed interface Requeue {
  /** Nothing to do until something changes. */
  record Settled() implements Requeue {}

  /** Look again after a while, because time itself changes the answer. */
  record After(Duration delay) implements Requeue {}

  /** The pass failed; try again with growing delay, or after the delay that the other side asked for. */
  record Retry(String cause, Optional<Duration> asked) implements Requeue {}

  static Requeue settled() {
    return new Settled();
  }

  static Requeue after(Duration delay) {
    return new After(delay.isNegative() ? Duration.ZERO : delay);
  }

  static Requeue retry(String cause) {
    return new Retry(cause, Optional.empty());
  }
}
