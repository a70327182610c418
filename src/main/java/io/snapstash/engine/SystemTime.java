package io.snapstash.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Real time. Actions run on one daemon thread and are expected to hop to their own context at once. */
public final class SystemTime implements Time, AutoCloseable {
  private static final long BEGIN = System.nanoTime();
  private static final Duration ONE_DAY = Duration.ofDays(1);

  private final ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1, action -> {
    Thread thread = new Thread(action, "timers");
    thread.setDaemon(true);
    return thread;
  });

  public SystemTime() {
    timers.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public Duration uptime() {
    return Duration.ofNanos(System.nanoTime() - BEGIN).plus(ONE_DAY);
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable action) {
    ScheduledFuture<?> planned = timers.schedule(action, Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
    return () -> planned.cancel(false);
  }

  @Override
  public void close() {
    timers.shutdownNow();
  }
}
