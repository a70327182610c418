package io.snapstash.domain.retention;

import io.snapstash.api.FailedSnapshots;
import io.snapstash.api.Phases;
import io.snapstash.api.RetentionPolicySpec;
import io.snapstash.api.SuccessfulSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Decides about the Snapshots of one Repository and session name (behaviour 9.3 to 9.6). The newest Succeeded one
 * always stays. What is protected stays too and counts like any other.
 */
public final class Retention {
  private static final int FAILED_KEPT_BY_DEFAULT = 1;

  private final Optional<Instant> oldest;
  private final int successes;
  private final List<KeepRule> rules;
  private final int failures;
  private int seenSuccesses;
  private int seenFailures;

  private Retention(RetentionPolicySpec policy, Instant now) {
    SuccessfulSnapshots counts = Optional.ofNullable(policy.successfulSnapshots())
        .orElseGet(() -> new SuccessfulSnapshots(null, null, null, null, null, null));
    this.oldest = Optional.ofNullable(policy.maxRetentionPeriod()).flatMap(RetentionPeriod::parse)
        .filter(Duration::isPositive).map(now::minus);
    this.successes = Optional.ofNullable(counts.last()).orElse(0);
    this.rules = KeepRule.of(counts);
    this.failures = Optional.ofNullable(policy.failedSnapshots()).map(FailedSnapshots::last)
        .orElse(FAILED_KEPT_BY_DEFAULT);
  }

  /** One verdict for each, newest first. A period that cannot be read is no limit. */
  public static List<Verdict> decide(RetentionPolicySpec policy, List<Candidate> group, Instant now) {
    Retention retention = new Retention(policy, now);
    return group.stream().sorted(Comparator.comparing(Candidate::time).thenComparing(Candidate::name).reversed())
        .map(retention::judge).toList();
  }

  private Verdict judge(Candidate snapshot) {
    Verdict byPolicy = switch (snapshot.phase()) {
      case Phases.SUCCEEDED -> succeeded(snapshot);
      case Phases.FAILED -> failed(snapshot);
      default -> new Verdict.Keep(snapshot, "it has not ended");
    };
    return byPolicy instanceof Verdict.Remove && snapshot.protection().isPresent()
        ? new Verdict.Keep(snapshot, snapshot.protection().get()) : byPolicy;
  }

  private Verdict succeeded(Candidate snapshot) {
    seenSuccesses++;
    List<String> keeping = new ArrayList<>();
    if (seenSuccesses <= successes) {
      keeping.add("last");
    }
    rules.stream().filter(rule -> rule.keeps(snapshot.time())).map(KeepRule::name).forEach(keeping::add);
    if (isTooOld(snapshot)) {
      return seenSuccesses == 1 ? new Verdict.Keep(snapshot, "it is the newest that succeeded")
          : new Verdict.Remove(snapshot, "it is older than maxRetentionPeriod");
    }
    if (successes <= 0 && rules.isEmpty()) {
      return new Verdict.Keep(snapshot, "successfulSnapshots sets no limit");
    }
    return keeping.isEmpty() ? new Verdict.Remove(snapshot, "no count of successfulSnapshots keeps it")
        : new Verdict.Keep(snapshot, "kept by successfulSnapshots." + String.join(", ", keeping));
  }

  private Verdict failed(Candidate snapshot) {
    seenFailures++;
    if (isTooOld(snapshot)) {
      return new Verdict.Remove(snapshot, "it is older than maxRetentionPeriod");
    }
    return seenFailures <= failures ? new Verdict.Keep(snapshot, "kept by failedSnapshots.last")
        : new Verdict.Remove(snapshot, "it failed, and failedSnapshots.last newer ones did too");
  }

  private boolean isTooOld(Candidate snapshot) {
    return oldest.filter(snapshot.time()::isBefore).isPresent();
  }
}
