package io.snapstash.job;

import io.snapstash.kube.KubeFailure;

/** What a failure is worth to whoever looks at the exit code. */
final class Failures {
  private Failures() {}

  /** A refusal that another attempt may not meet is worth one; the rest has to be mended by somebody. */
  static int exitCode(Throwable failure) {
    Throwable cause = failure instanceof java.util.concurrent.CompletionException && failure.getCause() != null
        ? failure.getCause() : failure;
    if (cause instanceof KubeFailure known) {
      return known.retryHelps() ? JobExit.TRY_AGAIN : JobExit.FAILED;
    }
    return JobExit.BUG;
  }
}
