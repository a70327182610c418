package io.snapstash.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for futures, with a deadline that only a hanging call meets. */
final class Outcomes {
  private static final long DEADLINE_SECONDS = 60;

  private Outcomes() {}

  static <T> T of(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      throw new AssertionError("failed: " + failure.getCause(), failure.getCause());
    } catch (InterruptedException | TimeoutException failure) {
      throw new AssertionError("no outcome", failure);
    }
  }

  static StoreFailure failureOf(Future<?> future) {
    try {
      Object result = future.toCompletionStage().toCompletableFuture().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
      throw new AssertionError("did not fail, but gave " + result);
    } catch (ExecutionException failure) {
      assertThat(failure.getCause()).isInstanceOf(StoreFailure.class);
      return (StoreFailure) failure.getCause();
    } catch (InterruptedException | TimeoutException failure) {
      throw new AssertionError("no outcome", failure);
    }
  }
}
