package io.snapstash.app;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** A timer on an event loop that tells whether the loop still turns, and how late it is. */
final class LoopBeat {
  private static final long PERIOD_MILLIS = 1000;
  /** Far beyond what a collection or a starved machine takes away; whatever blocks for longer does not come back. */
  private static final Duration STUCK = Duration.ofSeconds(30);

  private final LongSupplier nanos;
  private volatile long last;

  /** @param nanos a clock that only goes forward, as {@link System#nanoTime} */
  LoopBeat(LongSupplier nanos) {
    this.nanos = nanos;
    this.last = nanos.getAsLong();
  }

  /** Begins on the loop that a new context of this Vertx gets. */
  LoopBeat on(Vertx vertx, Consumer<Duration> late) {
    vertx.setPeriodic(PERIOD_MILLIS, _ -> {
      long now = nanos.getAsLong();
      late.accept(Duration.ofNanos(Math.max(0, now - last - Duration.ofMillis(PERIOD_MILLIS).toNanos())));
      last = now;
    });
    return this;
  }

  /** Any thread may ask, and another one must: a loop that is stuck answers nothing. */
  boolean turns() {
    return nanos.getAsLong() - last < STUCK.toNanos();
  }
}
