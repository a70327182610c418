package io.snapstash.engine;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Work on many things, only so many of them at once. */
public final class Parallel {
  private Parallel() {}

  /**
   * Fails with the first failure, and then begins nothing more. To be called on one Vert.x context, on which the
   * futures of the work complete.
   */
  public static <T> Future<Void> each(Collection<T> items, int width, Function<T, Future<?>> work) {
    Queue<T> left = new ArrayDeque<>(items);
    return Future.all(IntStream.range(0, Math.min(width, items.size()))
        .mapToObj(_ -> drain(left, work)).toList()).mapEmpty();
  }

  /** A loop where it can be: thousands of items that need no waiting must not nest. */
  private static <T> Future<Void> drain(Queue<T> left, Function<T, Future<?>> work) {
    for (T next = left.poll(); next != null; next = left.poll()) {
      Future<?> done = work.apply(next);
      if (done.failed()) {
        left.clear();
        return Future.failedFuture(done.cause());
      }
      if (!done.isComplete()) {
        return done.onFailure(_ -> left.clear()).compose(_ -> drain(left, work));
      }
    }
    return Future.succeededFuture();
  }
}
