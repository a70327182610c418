package io.snapstash.job;

import io.snapstash.kube.KubeFailure;
import io.vertx.core.Future;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.slf4j.Logger;

/** What the end of a command is worth to whoever looks at its exit code. */
final class Failures {
  private Failures() {}

  /** Waits for the work. What the API server refused is told in a line; anything else is a bug and told whole. */
  static int exitCode(Logger log, Supplier<Future<Integer>> work) {
    try {
      return work.get().toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof KubeFailure known) {
        log.error("failed retryHelps={} cause=\"{}\"", known.retryHelps(), known.getMessage());
        return known.retryHelps() ? JobExit.TRY_AGAIN : JobExit.FAILED;
      }
      log.error("failed", failure.getCause());
      return JobExit.BUG;
    } catch (RuntimeException bug) {
      log.error("failed", bug);
      return JobExit.BUG;
    }
  }
}
