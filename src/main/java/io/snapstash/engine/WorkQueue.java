package io.snapstash.engine;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Decides when a key is worked off; who works it off is the given pass. One pass at most runs per key, distinct keys
 * run side by side up to the given number. An offer while a key is queued merges, while it runs it leads to one more
 * pass, while it waits it brings the run forward. Nothing is ever dropped.
 *
 * <p>All state belongs to one Vert.x context, hence there are no locks; {@link #offer} may be called from any thread.
 */
public final class WorkQueue {
  private static final Logger LOG = LoggerFactory.getLogger(WorkQueue.class);

  private enum State { QUEUED, RUNNING, DIRTY, WAITING }

  private static final class Entry {
    State state = State.QUEUED;
    String trigger;
    int failures;
    long dueSince = System.nanoTime();
    long startedAt;
    Cancellable timer = () -> { };

    Entry(String trigger) {
      this.trigger = trigger;
    }
  }

  private final String kind;
  private final Context context;
  private final Time time;
  private final Backoff backoff;
  private final int parallel;
  private final Function<Reconciliation, Future<Requeue>> pass;
  private final Map<ResourceKey, Entry> entries = new HashMap<>();
  private final Deque<ResourceKey> queued = new ArrayDeque<>();
  private final Telemetry telemetry;
  private final Map<ResourceKey, Long> underWay = new ConcurrentHashMap<>();
  private volatile int depth;
  private int running;
  private long runs;
  private boolean closed;
  private Runnable whenDrained = () -> { };

  public WorkQueue(String kind, Context context, Time time, Backoff backoff, int parallel,
      Function<Reconciliation, Future<Requeue>> pass) {
    this(kind, context, time, backoff, parallel, pass, Telemetry.NONE);
  }

  public WorkQueue(String kind, Context context, Time time, Backoff backoff, int parallel,
      Function<Reconciliation, Future<Requeue>> pass, Telemetry telemetry) {
    this.kind = kind;
    this.context = context;
    this.time = time;
    this.backoff = backoff;
    this.parallel = parallel;
    this.pass = pass;
    this.telemetry = telemetry;
    telemetry.queue(kind, this::depth);
  }

  /** Marks the key as due now. The trigger is for the log only: a lost or merged one must not matter. */
  public void offer(ResourceKey key, String trigger) {
    context.runOnContext(_ -> accept(key, trigger));
  }

  /** Keys that are queued or running; waiting ones do not count. Any thread may ask. */
  public int depth() {
    return depth;
  }

  /** How long the longest pass under way has been running. Any thread may ask. */
  public Duration longestPass() {
    long now = System.nanoTime();
    return underWay.values().stream().map(begin -> Duration.ofNanos(now - begin)).max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /** Takes no new keys and calls back, on the context, once the running passes have ended. */
  public void drain(Runnable done) {
    context.runOnContext(_ -> {
      closed = true;
      queued.clear();
      entries.values().forEach(entry -> entry.timer.cancel());
      whenDrained = done;
      if (running == 0) {
        done.run();
      }
    });
  }

  private void accept(ResourceKey key, String trigger) {
    if (closed) {
      return;
    }
    Entry entry = entries.get(key);
    if (entry == null) {
      entries.put(key, new Entry(trigger));
      queued.add(key);
    } else if (entry.state == State.RUNNING) {
      entry.state = State.DIRTY;
      entry.trigger = trigger;
    } else if (entry.state == State.WAITING) {
      entry.timer.cancel();
      entry.state = State.QUEUED;
      entry.trigger = trigger;
      entry.dueSince = System.nanoTime();
      queued.add(key);
    }
    startNext();
  }

  private void startNext() {
    while (running < parallel && !queued.isEmpty()) {
      ResourceKey key = queued.poll();
      Entry entry = entries.get(key);
      entry.state = State.RUNNING;
      entry.startedAt = System.nanoTime();
      underWay.put(key, entry.startedAt);
      running++;
      Reconciliation run = new Reconciliation(kind, key, ++runs, entry.trigger);
      attempt(run).onComplete(result -> context.runOnContext(_ -> finished(key, entry, result.result())));
    }
    depth = queued.size() + running;
  }

  private Future<Requeue> attempt(Reconciliation run) {
    try {
      return pass.apply(run).otherwise(failure -> onFailure(run, failure));
    } catch (RuntimeException bug) {
      return Future.succeededFuture(onFailure(run, bug));
    }
  }

  private static Requeue onFailure(Reconciliation run, Throwable failure) {
    if (failure instanceof PassFailure known) {
      return new Requeue.Retry(known.getMessage(), known.askedDelay());
    }
    LOG.error("pass failed {}", run, failure);
    return Requeue.retry(String.valueOf(failure.getMessage()));
  }

  private void finished(ResourceKey key, Entry entry, Requeue requeue) {
    running--;
    underWay.remove(key);
    telemetry.pass(kind, Duration.ofNanos(entry.startedAt - entry.dueSince),
        Duration.ofNanos(System.nanoTime() - entry.startedAt), requeue instanceof Requeue.Retry);
    if (closed) {
      if (running == 0) {
        whenDrained.run();
      }
      return;
    }
    boolean dirty = entry.state == State.DIRTY;
    switch (requeue) {
      case Requeue.Settled() -> {
        entry.failures = 0;
        settle(key, entry, dirty, Optional.empty());
      }
      case Requeue.After(Duration delay) -> {
        entry.failures = 0;
        settle(key, entry, dirty, Optional.of(delay));
      }
      case Requeue.Retry(String cause, Optional<Duration> asked) -> {
        entry.failures++;
        tell(key, entry.failures, cause);
        settle(key, entry, dirty && entry.failures <= 1, Optional.of(asked.orElse(backoff.after(entry.failures))));
      }
    }
    startNext();
  }

  /** One failure is daily life, a conflict mostly; what goes on failing is told again at every doubling. */
  private void tell(ResourceKey key, int failures, String cause) {
    boolean doubled = failures > 1 && Integer.bitCount(failures) == 1;
    LOG.atLevel(doubled ? Level.WARN : Level.DEBUG)
        .log("pass failed kind={} key={} failures={} cause=\"{}\"", kind, key, failures, cause);
  }

  private void settle(ResourceKey key, Entry entry, boolean again, Optional<Duration> delay) {
    if (again) {
      entry.state = State.QUEUED;
      entry.dueSince = System.nanoTime();
      queued.add(key);
    } else if (delay.isPresent()) {
      entry.state = State.WAITING;
      entry.timer = time.schedule(delay.get(), () -> offer(key, "timer"));
    } else {
      entries.remove(key);
    }
  }
}
