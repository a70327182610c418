package io.snapstash.crash;

import io.snapstash.engine.Cancellable;
import io.snapstash.engine.Time;
import java.time.Duration;
import java.time.Instant;

/** A process that can die: from then on nothing it sends arrives, and none of its timers goes off. */
final class Mortal implements Time {
  private final String kind;
  private final CrashRun run;
  private final Time time;
  private final Runnable onDeath;
  private volatile boolean dead;

  /**
   * @param kind what it is, for people: the operator, or what its container was told to do
   * @param onDeath called once, from any thread; must not block
   */
  Mortal(String kind, CrashRun run, Time time, Runnable onDeath) {
    this.kind = kind;
    this.run = run;
    this.time = time;
    this.onDeath = onDeath;
  }

  String kind() {
    return kind;
  }

  CrashRun run() {
    return run;
  }

  boolean isDead() {
    return dead;
  }

  void die() {
    dead = true;
    onDeath.run();
  }

  @Override
  public Instant now() {
    return time.now();
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable action) {
    return time.schedule(delay, () -> {
      if (!dead) {
        action.run();
      }
    });
  }
}
