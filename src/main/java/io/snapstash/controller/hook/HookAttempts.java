package io.snapstash.controller.hook;

import io.snapstash.domain.Absent;
import io.snapstash.domain.hook.HookResult;
import io.snapstash.domain.unit.GoDuration;
import io.snapstash.engine.Cancellable;
import io.snapstash.engine.Time;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tries a hook as often as it may be tried, each time for as long as its timeout says (behaviour 11.6).
 *
 * @param limit when all of it must have ended
 */
record HookAttempts(Time time, Duration timeout, int extra, Optional<Instant> limit) {
  private static final Duration USUAL = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  static HookAttempts of(Time time, HookOrder order) {
    Duration timeout = Optional.ofNullable(order.hook().timeout()).flatMap(GoDuration::parse)
        .filter(Duration::isPositive).orElse(USUAL);
    return new HookAttempts(time, timeout, Math.max(0, Absent.number(order.hook().maxRetry())), order.limit());
  }

  Future<HookResult> make(Supplier<HookAttempt> attempt) {
    return make(attempt, 1);
  }

  private Future<HookResult> make(Supplier<HookAttempt> attempt, int number) {
    return once(attempt).compose(result -> {
      if (!(result instanceof HookResult.Failed(String message))) {
        return Future.succeededFuture(result);
      }
      if (number <= extra && left().map(Duration::isPositive).orElse(true)) {
        Promise<Void> paused = Promise.promise();
        time.schedule(PAUSE, paused::tryComplete);
        return paused.future().compose(_ -> make(attempt, number + 1));
      }
      return Future.succeededFuture(number == 1 ? result
          : HookResult.failed(message + " (attempt " + number + " of " + (extra + 1) + ")"));
    });
  }

  private Future<HookResult> once(Supplier<HookAttempt> attempt) {
    Duration patience = left().filter(rest -> rest.compareTo(timeout) < 0).orElse(timeout);
    if (!patience.isPositive()) {
      return Future.succeededFuture(HookResult.failed("the deadline of the run has passed"));
    }
    Promise<HookResult> first = Promise.promise();
    HookAttempt begun = attempt.get();
    Cancellable alarm = time.schedule(patience, () -> {
      if (first.tryComplete(HookResult.failed("timed out after " + GoDuration.wholeSeconds(patience)))) {
        begun.stop().run();
      }
    });
    begun.result().onSuccess(result -> {
      alarm.cancel();
      first.tryComplete(result);
    });
    return first.future();
  }

  private Optional<Duration> left() {
    return limit.map(end -> Duration.between(time.now(), end));
  }
}
