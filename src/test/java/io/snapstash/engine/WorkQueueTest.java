package io.snapstash.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.sandbox.ManualTime;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class WorkQueueTest {
  private static final ResourceKey DATA = new ResourceKey("demo", "data");
  private static final ResourceKey LOGS = new ResourceKey("demo", "logs");

  private final ManualTime time = new ManualTime(Instant.parse("2026-05-01T12:00:00Z"));
  private final BlockingQueue<Pass> passes = new LinkedBlockingQueue<>();
  private Context context;

  private record Pass(ResourceKey key, Promise<Requeue> end) {}

  @BeforeEach
  void context(Vertx vertx) {
    context = vertx.getOrCreateContext();
  }

  @Test
  void manyOffersWhileAKeyRunsLeadToOneMorePass() throws InterruptedException {
    WorkQueue queue = queue(4, this::noted);
    queue.offer(DATA, "watch");
    Pass first = next();
    queue.offer(DATA, "watch");
    queue.offer(DATA, "watch");
    settled();

    first.end().complete(Requeue.settled());
    next().end().complete(Requeue.settled());

    settled();
    assertThat(passes).isEmpty();
  }

  @Test
  void aPassThatHangsIsSeenByWhomeverAsksForTheLongest() throws InterruptedException {
    WorkQueue queue = queue(4, this::noted);
    queue.offer(DATA, "watch");
    Pass hanging = next();
    Duration before = queue.longestPass();
    assertThat(before).isPositive();
    queue.offer(LOGS, "watch");
    next().end().complete(Requeue.settled());
    settled();
    assertThat(queue.longestPass()).isGreaterThan(before);

    hanging.end().complete(Requeue.settled());

    settled();
    assertThat(queue.longestPass()).isZero();
  }

  @Test
  void distinctKeysRunSideBySideUpToTheLimit() throws InterruptedException {
    WorkQueue queue = queue(1, this::noted);
    queue.offer(DATA, "watch");
    queue.offer(LOGS, "watch");
    Pass first = next();
    settled();
    assertThat(passes).isEmpty();

    first.end().complete(Requeue.settled());

    assertThat(next().key()).isEqualTo(LOGS);
  }

  @Test
  void aFailureIsTriedAgainWithGrowingDelay() throws InterruptedException {
    WorkQueue queue = queue(4, this::noted);
    queue.offer(DATA, "watch");
    next().end().fail(new PassFailure("no"));
    settled();
    time.advance(Duration.ofSeconds(10));
    next().end().fail(new PassFailure("no"));
    settled();

    time.advance(Duration.ofSeconds(19));
    settled();
    assertThat(passes).isEmpty();
    time.advance(Duration.ofSeconds(1));

    assertThat(next().key()).isEqualTo(DATA);
  }

  @Test
  void anEventBringsAWaitingKeyForward() throws InterruptedException {
    WorkQueue queue = queue(4, this::noted);
    queue.offer(DATA, "watch");
    next().end().complete(Requeue.after(Duration.ofHours(1)));
    settled();

    queue.offer(DATA, "watch");
    next().end().complete(Requeue.settled());
    settled();
    time.advance(Duration.ofHours(2));
    settled();

    assertThat(passes).isEmpty();
  }

  @Test
  void theOtherSideMayAskForItsOwnDelay() throws InterruptedException {
    WorkQueue queue = queue(4, this::noted);
    queue.offer(DATA, "watch");
    next().end().fail(new PassFailure("slow down", Optional.of(Duration.ofSeconds(3))));
    settled();

    time.advance(Duration.ofSeconds(3));

    assertThat(next().key()).isEqualTo(DATA);
  }

  @Test
  void drainingWaitsForWhatRunsAndTakesNothingNew() throws InterruptedException {
    WorkQueue queue = queue(4, this::noted);
    queue.offer(DATA, "watch");
    Pass running = next();
    List<String> drained = new ArrayList<>();
    queue.drain(() -> drained.add("yes"));
    queue.offer(LOGS, "watch");
    settled();
    assertThat(drained).isEmpty();

    running.end().complete(Requeue.settled());
    settled();

    assertThat(drained).containsExactly("yes");
    assertThat(passes).isEmpty();
  }

  private WorkQueue queue(int parallel, Function<Reconciliation, Future<Requeue>> pass) {
    Backoff backoff = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(10), () -> 0);
    return new WorkQueue("Test", context, time, backoff, parallel, pass);
  }

  private Future<Requeue> noted(Reconciliation run) {
    Promise<Requeue> end = Promise.promise();
    passes.add(new Pass(run.key(), end));
    return end.future();
  }

  private Pass next() throws InterruptedException {
    return passes.poll(10, TimeUnit.SECONDS);
  }

  /** Two turns of the context: whatever was handed to it before has happened by then. */
  private void settled() {
    for (int turn = 0; turn < 3; turn++) {
      Promise<Void> reached = Promise.promise();
      context.runOnContext(_ -> reached.complete());
      reached.future().toCompletionStage().toCompletableFuture().join();
    }
  }
}
