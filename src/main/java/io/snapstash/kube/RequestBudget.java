package io.snapstash.kube;

import io.snapstash.engine.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * At most so many requests under way at once; the others wait in order, without a thread. When one is answered with "too
 * many requests", none is sent until the time that the server asked for is over, and then only half as many at once as
 * before; every answer of another kind allows one more again.
 */
final class RequestBudget {
  private static final Logger LOG = LoggerFactory.getLogger(RequestBudget.class);
  /** A server that has lost its mind must not silence us for days. */
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final int most;
  private final Optional<Time> time;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private int allowed;
  private int underWay;
  private Instant pausedUntil = Instant.MIN;

  /** @param time by which pauses are kept; without it there are none */
  RequestBudget(int most, Optional<Time> time) {
    this.most = most;
    this.allowed = most;
    this.time = time;
  }

  /** @param throttled how long the server asks to be left alone; empty for every usual answer */
  <T> CompletableFuture<T> spend(
      Supplier<CompletableFuture<T>> request, Function<T, Optional<Duration>> throttled) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    enqueue(() -> run(request, throttled, answer));
    startDue();
    return answer;
  }

  private synchronized void enqueue(Runnable start) {
    waiting.add(start);
  }

  private <T> void run(Supplier<CompletableFuture<T>> request, Function<T, Optional<Duration>> throttled,
      CompletableFuture<T> answer) {
    CompletableFuture<T> sent;
    try {
      sent = request.get();
    } catch (RuntimeException notSent) {
      sent = CompletableFuture.failedFuture(notSent);
    }
    sent.whenComplete((value, failure) -> {
      ended(failure == null ? throttled.apply(value) : Optional.empty());
      startDue();
      if (failure == null) {
        answer.complete(value);
      } else {
        answer.completeExceptionally(failure);
      }
    });
  }

  private synchronized void ended(Optional<Duration> asked) {
    underWay--;
    if (asked.isEmpty() || time.isEmpty()) {
      allowed = Math.min(most, allowed + 1);
    } else {
      pause(asked.get());
    }
  }

  /** Those that were under way together are refused together: that is one refusal. */
  synchronized void pause(Duration asked) {
    time.ifPresent(clock -> {
      Duration pause = asked.compareTo(LONGEST_PAUSE) < 0 ? asked : LONGEST_PAUSE;
      Instant until = clock.now().plus(pause);
      if (!isPaused()) {
        allowed = Math.max(1, allowed / 2);
        LOG.warn("requests paused for={} then={} waiting={} cause=\"the API server has too many\"", pause, allowed,
            waiting.size());
      }
      if (until.isAfter(pausedUntil)) {
        pausedUntil = until;
        clock.schedule(pause, this::startDue);
      }
    });
  }

  private boolean isPaused() {
    return time.map(Time::now).filter(now -> now.isBefore(pausedUntil)).isPresent();
  }

  private void startDue() {
    due().forEach(Runnable::run);
  }

  private synchronized List<Runnable> due() {
    List<Runnable> due = new ArrayList<>();
    while (!waiting.isEmpty() && underWay < allowed && !isPaused()) {
      due.add(waiting.poll());
      underWay++;
    }
    return due;
  }
}
