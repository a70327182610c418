package io.snapstash.domain.plan;

import java.time.Duration;
import java.time.Instant;

/**
 * When a Job stops waiting: a little before its run ends. At the end of the run the operator deletes the Job, and
 * Kubernetes kills its Pod (behaviour 7.5, 7.7); by then the Job has to have written what it was waiting for, and the
 * last error it saw (6.12).
 */
public final class PlanDeadline {
  private static final Duration LONGEST = Duration.ofSeconds(15);
  private static final int PART = 10;

  private PlanDeadline() {}

  /** Fifteen seconds before the end, or a tenth of the time that is left if that is less. */
  public static Instant of(Instant now, Instant end) {
    Duration part = Duration.between(now, end).dividedBy(PART);
    return end.minus(part.isNegative() ? Duration.ZERO : part.compareTo(LONGEST) < 0 ? part : LONGEST);
  }
}
