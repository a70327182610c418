package io.snapstash.job;

import io.snapstash.engine.Backoff;
import io.snapstash.engine.Time;
import io.snapstash.kube.KubeFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Repeats a request for as long as that may help and the deadline of the run has not passed. */
final class Patience {
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(15),
      () -> ThreadLocalRandom.current().nextDouble());

  private final Time time;
  private final Instant deadline;

  Patience(Time time, Instant deadline) {
    this.time = time;
    this.deadline = deadline;
  }

  static Backoff backoff() {
    return BACKOFF;
  }

  <T> Future<T> with(Supplier<Future<T>> request) {
    return attempt(request, 1);
  }

  private <T> Future<T> attempt(Supplier<Future<T>> request, int number) {
    return request.get().recover(failure -> {
      boolean helps = failure instanceof KubeFailure known && known.retryHelps();
      Duration delay = failure instanceof KubeFailure known
          ? known.askedDelay().orElse(BACKOFF.after(number)) : BACKOFF.after(number);
      if (!helps || !time.now().plus(delay).isBefore(deadline)) {
        return Future.failedFuture(failure);
      }
      Promise<T> later = Promise.promise();
      time.schedule(delay, () -> attempt(request, number + 1).onComplete(later));
      return later.future();
    });
  }
}
