package io.snapstash.engine;

import java.time.Duration;
import java.time.Instant;

/**
 * The clock and the timers of a process. Everything that waits or compares instants goes through it, so that stories
 * can move time. All instants are UTC.
 */
public interface Time {
  Instant now();

  /** How far a clock has come that only goes forward, whoever sets the time of day; its zero means nothing. */
  default Duration uptime() {
    return Duration.between(Instant.EPOCH, now());
  }

  /** Runs the action once, after the delay at the earliest. The action must not block. */
  Cancellable schedule(Duration delay, Runnable action);
}
