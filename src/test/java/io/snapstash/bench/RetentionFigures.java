package io.snapstash.bench;

import io.snapstash.api.SuccessfulSnapshotsBuilder;
import io.snapstash.api.RetentionPolicySpec;
import io.snapstash.api.RetentionPolicySpecBuilder;
import io.snapstash.domain.retention.Candidate;
import io.snapstash.domain.retention.Retention;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the decision over many Snapshots of one Repository and session takes of a processor, the first time too. */
final class RetentionFigures {
  private static final int SNAPSHOTS = 10_000;
  private static final int ROUNDS = 20;

  private RetentionFigures() {}

  static void measure(Figures figures) {
    Instant now = Instant.parse("2026-03-02T08:00:20Z");
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < SNAPSHOTS; i++) {
      candidates.add(new Candidate("s" + i, i % 7 == 0 ? "Failed" : "Succeeded",
          now.minus(Duration.ofHours(i)), Optional.empty()));
    }
    RetentionPolicySpec policy = RetentionPolicySpecBuilder.builder().maxRetentionPeriod("1y")
        .successfulSnapshots(SuccessfulSnapshotsBuilder.builder().last(10).hourly(24).daily(30).weekly(52).monthly(24).yearly(10)
            .build()).build();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    double first = 0;
    double last = 0;
    for (int i = 0; i < ROUNDS; i++) {
      long begin = threads.getCurrentThreadCpuTime();
      if (Retention.decide(policy, candidates, now).size() != SNAPSHOTS) {
        throw new IllegalStateException("a Snapshot was forgotten");
      }
      last = (threads.getCurrentThreadCpuTime() - begin) / 1e6;
      first = i == 0 ? last : first;
    }
    figures.add("retention decision over 10,000 Snapshots, first and twentieth, CPU",
        String.format(Locale.ROOT, "%.0f ms, %.0f ms", first, last), "100 ms");
  }
}
