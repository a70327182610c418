package io.snapstash.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParallelTest {
  private final List<Promise<Void>> begun = new ArrayList<>();

  private Future<?> begin(int item) {
    Promise<Void> work = Promise.promise();
    begun.add(work);
    return work.future();
  }

  @Test
  void beginsTheNextOnlyWhenAnotherHasEnded() {
    Future<Void> all = Parallel.each(List.of(1, 2, 3), 2, this::begin);
    assertThat(begun).hasSize(2);

    begun.get(1).complete();
    assertThat(begun).hasSize(3);
    begun.get(0).complete();
    assertThat(all.isComplete()).isFalse();
    begun.get(2).complete();
    assertThat(all.succeeded()).isTrue();
  }

  @Test
  void beginsNothingMoreAfterAFailure() {
    Future<Void> all = Parallel.each(List.of(1, 2, 3, 4), 2, this::begin);

    begun.get(0).fail("broken");
    begun.get(1).complete();

    assertThat(all.failed()).isTrue();
    assertThat(begun).hasSize(2);
  }

  @Test
  void doesNotNestHoweverManyNeedNoWaiting() {
    List<Integer> done = new ArrayList<>();

    Future<Void> all = Parallel.each(IntStream.range(0, 100_000).boxed().toList(), 4, item -> {
      done.add(item);
      return Future.succeededFuture();
    });

    assertThat(all.succeeded()).isTrue();
    assertThat(done).hasSize(100_000);
  }

  @Test
  void isDoneAtOnceWithNothing() {
    assertThat(Parallel.each(List.<Integer>of(), 4, this::begin).succeeded()).isTrue();
  }
}
