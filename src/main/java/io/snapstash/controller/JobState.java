package io.snapstash.controller;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a Job of ours says about itself. */
public final class JobState {
  private JobState() {}

  /** Why nothing more can be expected of the Job; empty while it may still do something. */
  public static Optional<String> endedBecause(Optional<Job> job) {
    if (job.isEmpty()) {
      return Optional.of("the Job is gone");
    }
    return condition(job.get(), "Complete").map(_ -> "the Job ended without finishing its work")
        .or(() -> condition(job.get(), "Failed").map(failed -> "the Job failed: " + text(failed.getReason()) + " "
            + text(failed.getMessage())));
  }

  public static boolean hasSucceeded(Job job) {
    return condition(job, "Complete").isPresent();
  }

  public static boolean hasEnded(Job job) {
    return endedBecause(Optional.of(job)).isPresent();
  }

  /** Empty while it goes on. */
  public static Optional<Instant> endedAt(Job job) {
    return condition(job, "Complete").or(() -> condition(job, "Failed"))
        .map(JobCondition::getLastTransitionTime).map(Instant::parse);
  }

  /** Whether a Pod of the Job has ever run a container. */
  public static boolean hasStarted(List<Pod> pods) {
    return pods.stream().anyMatch(pod -> pod.getStatus() != null && pod.getStatus().getPhase() != null
        && !pod.getStatus().getPhase().equals("Pending"));
  }

  /** A Pod that is deleted and not gone: with a failure policy, a Job replaces a Pod only when that has ended. */
  public static Optional<Pod> lingering(List<Pod> pods) {
    return pods.stream().filter(Metadata::isDeleting)
        .min(Comparator.comparing(pod -> pod.getMetadata().getDeletionTimestamp()));
  }

  /** When a Job that gives no sign of life should be looked at, if nothing happens before. */
  public static Optional<Instant> nextLook(Job job, List<Pod> pods, Duration threshold) {
    return lingering(pods).map(pod -> pod.getMetadata().getDeletionTimestamp())
        .or(() -> hasStarted(pods) ? Optional.empty() : Optional.of(job.getMetadata().getCreationTimestamp()))
        .map(since -> Instant.parse(since).plus(threshold));
  }

  /** What the kubelet or the scheduler says of a Pod that does not start. */
  public static Optional<String> whyPending(List<Pod> pods) {
    return pods.stream().filter(pod -> pod.getStatus() != null).flatMap(pod -> java.util.stream.Stream.concat(
        Optional.ofNullable(pod.getStatus().getContainerStatuses()).orElse(List.of()).stream()
            .filter(status -> status.getState() != null && status.getState().getWaiting() != null)
            .map(status -> text(status.getState().getWaiting().getReason()) + " "
                + text(status.getState().getWaiting().getMessage())),
        Optional.ofNullable(pod.getStatus().getConditions()).orElse(List.of()).stream()
            .filter(condition -> "False".equals(condition.getStatus()) && condition.getMessage() != null)
            .map(condition -> condition.getMessage()))).findFirst();
  }

  private static Optional<JobCondition> condition(Job job, String type) {
    return Optional.ofNullable(job.getStatus()).map(status -> status.getConditions()).orElse(List.of()).stream()
        .filter(condition -> type.equals(condition.getType()) && "True".equals(condition.getStatus())).findFirst();
  }

  private static String text(String text) {
    return text == null ? "" : text;
  }
}
