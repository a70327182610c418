package io.snapstash.app;

import io.snapstash.web.HealthChecks;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What is asked of an operator by {@code /healthz} and {@code /readyz}. */
final class OperatorHealth {
  /** Passes end by the time limits of their requests; one that takes longer hangs, and nothing else will free it. */
  private static final Duration LONGEST_PASS = Duration.ofMinutes(30);

  private OperatorHealth() {}

  /**
   * What can be seen of an operator without waiting, from any thread.
   *
   * @param watchStopped whether some kind will never be followed again; one that is retried has not stopped
   * @param admits whether the webhooks have a certificate, or need none
   */
  record Signs(BooleanSupplier loopTurns, BooleanSupplier watchStopped, Supplier<Duration> longestPass,
      BooleanSupplier inSync, BooleanSupplier admits) {}

  static HealthChecks add(HealthChecks checks, Signs signs) {
    return checks.live("event-loop", signs.loopTurns())
        .live("watches", () -> !signs.watchStopped().getAsBoolean())
        .live("passes", () -> signs.longestPass().get().compareTo(LONGEST_PASS) < 0)
        .ready("caches", signs.inSync()).ready("webhooks", signs.admits());
  }
}
