package io.snapstash.crash;

import io.snapstash.engine.Cancellable;
import io.snapstash.engine.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** A process that can die: from then on nothing it sends arrives, and none of its timers goes off. */
final class Mortal implements Time {
  private final String kind;
  private final CrashRun run;
  private final Time time;
  private final Runnable onDeath;
  /** A timer of years must not keep a dead process in memory. */
  private final Set<Cancellable> timers = ConcurrentHashMap.newKeySet();
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
    Set.copyOf(timers).forEach(Cancellable::cancel);
    timers.clear();
    onDeath.run();
  }

  @Override
  public Instant now() {
    return time.now();
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable action) {
    AtomicReference<Cancellable> own = new AtomicReference<>();
    Cancellable timer = time.schedule(delay, () -> {
      Optional.ofNullable(own.get()).ifPresent(timers::remove);
      if (!dead) {
        action.run();
      }
    });
    Cancellable known = () -> {
      timers.remove(own.get());
      timer.cancel();
    };
    own.set(known);
    timers.add(known);
    return known;
  }
}
