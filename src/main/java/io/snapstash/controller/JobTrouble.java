package io.snapstash.controller;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.snapstash.kube.KubeClient;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.kube.Selection;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Why a Job has no running Pod, asked only once that has lasted too long (behaviour 3, 7.7). */
public final class JobTrouble {
  private JobTrouble() {}

  public static Future<Optional<String>> of(
      KubeClient kube, Optional<Job> job, List<Pod> pods, Instant now, Duration threshold) {
    Optional<Pod> lingering = JobState.lingering(pods)
        .filter(pod -> !now.isBefore(Instant.parse(pod.getMetadata().getDeletionTimestamp()).plus(threshold)));
    if (lingering.isPresent() && JobState.endedBecause(job).isEmpty()) {
      return Future.succeededFuture(Optional.of("Pod " + lingering.get().getMetadata().getName()
          + " is deleted but not gone, perhaps with its node; the Job starts no other one before"));
    }
    if (job.isEmpty() || JobState.endedBecause(job).isPresent() || JobState.hasStarted(pods)
        || now.isBefore(Instant.parse(job.get().getMetadata().getCreationTimestamp()).plus(threshold))) {
      return Future.succeededFuture(Optional.empty());
    }
    Optional<String> pending = JobState.whyPending(pods);
    if (pending.isPresent() || !pods.isEmpty()) {
      return Future.succeededFuture(Optional.of("the Pod of Job " + job.get().getMetadata().getName()
          + " does not start: " + pending.orElse("no reason given")));
    }
    Selection events = new Selection(job.get().getMetadata().getNamespace(), "",
        "involvedObject.kind=Job,involvedObject.name=" + job.get().getMetadata().getName());
    return kube.list(ResourceTypes.EVENTS, events).map(found -> Optional.of(
        "Job " + job.get().getMetadata().getName() + " has no Pod: " + found.stream()
            .filter(event -> "Warning".equals(event.getType())).map(Event::getMessage)
            .reduce((_, last) -> last).orElse("no event says why")));
  }
}
