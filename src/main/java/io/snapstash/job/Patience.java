package io.snapstash.job;

import io.snapstash.engine.Backoff;
import io.snapstash.engine.Time;
import io.snapstash.kube.KubeFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats a request for as long as that may help and the deadline of the run has not passed, and says so in the log. A
 * refusal is given less time: rights are granted within seconds, a quota stays exceeded.
 */
final class Patience {
  private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
  private static final Duration FORBIDDEN = Duration.ofMinutes(2);
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
    return attempt(request, 1, Optional.empty());
  }

  /** @param refused when the refusals began that have not been interrupted since */
  private <T> Future<T> attempt(Supplier<Future<T>> request, int number, Optional<Instant> refused) {
    return request.get().recover(failure -> {
      boolean helps = failure instanceof KubeFailure known && known.retryHelps();
      Duration delay = failure instanceof KubeFailure known
          ? known.askedDelay().orElse(BACKOFF.after(number)) : BACKOFF.after(number);
      Optional<Instant> since = KubeFailure.is(failure, KubeFailure.Kind.FORBIDDEN)
          ? refused.or(() -> Optional.of(time.now())) : Optional.empty();
      Instant end = since.map(begin -> earlier(deadline, begin.plus(FORBIDDEN))).orElse(deadline);
      if (!helps || !time.now().plus(delay).isBefore(end)) {
        return Future.failedFuture(failure);
      }
      LOG.warn("request failed attempt={} next={} cause=\"{}\"", number, delay, failure.getMessage());
      Promise<T> later = Promise.promise();
      time.schedule(delay, () -> attempt(request, number + 1, since).onComplete(later));
      return later.future();
    });
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
