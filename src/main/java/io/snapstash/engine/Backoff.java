package io.snapstash.engine;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Doubling delays between attempts (behaviour 3.15: 10 s at first), spread by chance so that many failures of one
 * moment do not come back in one moment.
 *
 * @param chance yields values from 0 (inclusive) to 1 (exclusive); handed in so that delays can be told in tests
 */
public record Backoff(Duration initial, Duration ceiling, DoubleSupplier chance) {
  private static final double SPREAD = 0.2;
  private static final int MOST_DOUBLINGS = 20;

  /** The delay before attempt {@code failures + 1}, at most a fifth longer than the plain doubled one. */
  public Duration after(int failures) {
    int doublings = Math.clamp(failures - 1L, 0, MOST_DOUBLINGS);
    long plain = Math.min(ceiling.toMillis(), initial.toMillis() << doublings);
    return Duration.ofMillis(Math.round(plain * (1 + SPREAD * chance.getAsDouble())));
  }
}
