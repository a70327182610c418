package io.snapstash.sandbox;

import io.snapstash.engine.Cancellable;
import io.snapstash.engine.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Time that stands still until it is moved. Due timers run in order, on the thread that moves it, each at its own
 * instant. May be read, and given new timers, from any thread; only one thread at a time moves it.
 */
public final class ManualTime implements Time {
  private record Planned(Instant due, long order, Runnable action) {}

  private static final Comparator<Planned> BY_DUE =
      Comparator.comparing(Planned::due).thenComparing(Planned::order);

  private final PriorityQueue<Planned> planned = new PriorityQueue<>(BY_DUE);
  private Instant now;
  private long orders;

  public ManualTime(Instant start) {
    this.now = start;
  }

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public synchronized Cancellable schedule(Duration delay, Runnable action) {
    Planned timer = new Planned(now.plus(delay.isNegative() ? Duration.ZERO : delay), orders++, action);
    planned.add(timer);
    return () -> cancel(timer);
  }

  /** Moves time and runs what falls due on the way, also what is planned by actions that run on this thread. */
  public void advance(Duration by) {
    Instant target = now().plus(by);
    Optional<Runnable> next = nextUntil(target);
    while (next.isPresent()) {
      next.get().run();
      next = nextUntil(target);
    }
    arrive(target);
  }

  /** How long until the next timer; empty if none is planned. */
  public synchronized Optional<Duration> untilNext() {
    return Optional.ofNullable(planned.peek()).map(timer -> Duration.between(now, timer.due()));
  }

  private synchronized Optional<Runnable> nextUntil(Instant target) {
    if (planned.isEmpty() || planned.peek().due().isAfter(target)) {
      return Optional.empty();
    }
    Planned timer = planned.poll();
    if (timer.due().isAfter(now)) {
      now = timer.due();
    }
    return Optional.of(timer.action());
  }

  private synchronized void arrive(Instant target) {
    if (target.isAfter(now)) {
      now = target;
    }
  }

  private synchronized void cancel(Planned timer) {
    planned.remove(timer);
  }
}
