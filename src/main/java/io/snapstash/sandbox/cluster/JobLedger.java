package io.snapstash.sandbox.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What came of the Pods of one Job so far; each Pod is counted once, whether or not it still exists. */
final class JobLedger {
  private final Set<String> counted = new HashSet<>();
  private int succeeded;
  private int failed;
  private int ignored;
  private Optional<String> refusal = Optional.empty();
  private Optional<Instant> lastFailure = Optional.empty();

  void take(Job job, Pod pod) {
    if (!PodStatuses.isOver(pod) || !counted.add(pod.getMetadata().getUid())) {
      return;
    }
    if (PodStatuses.phase(pod).equals("Succeeded")) {
      succeeded++;
      return;
    }
    JobPods.Verdict verdict = JobPods.verdict(job, pod);
    lastFailure = Optional.of(endOf(pod));
    if (verdict.is("Ignore")) {
      ignored++;
    } else {
      failed++;
    }
    if (verdict.is("FailJob")) {
      refusal = Optional.of(verdict.message());
    }
  }

  /** Deleted before it ended. */
  void lost(Pod pod) {
    if (counted.add(pod.getMetadata().getUid())) {
      failed++;
    }
  }

  private static Instant endOf(Pod pod) {
    return pod.getStatus().getConditions().stream().map(PodCondition::getLastTransitionTime)
        .map(Timestamps::parse).max(Instant::compareTo).orElse(Instant.EPOCH);
  }

  int succeeded() {
    return succeeded;
  }

  int failed() {
    return failed;
  }

  int ignored() {
    return ignored;
  }

  Optional<String> refusal() {
    return refusal;
  }

  Optional<Instant> lastFailure() {
    return lastFailure;
  }
}
