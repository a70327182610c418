package io.snapstash.sandbox.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobConditionBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import io.snapstash.engine.Reconciliation;
import io.snapstash.engine.Requeue;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.DeleteOptions;
import io.snapstash.kube.Index;
import io.snapstash.kube.ResourceTypes;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Job controller: a Pod per attempt, backoff limit and failure policy, deadline, suspension, time to live; and the
 * conditions as Kubernetes 1.31 and later writes them, in two steps: SuccessCriteriaMet or FailureTarget as soon as
 * the outcome is known, Complete or Failed once no Pod is left running.
 *
 * <p>Simplified: Pods carry no tracking finalizer, so what they came to is kept in memory; no indexed Jobs.
 */
final class JobSimulator extends Part {
  private static final Duration FIRST_BACKOFF = Duration.ofSeconds(10);
  private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(10);
  private static final int DEFAULT_BACKOFF_LIMIT = 6;

  private final Index<Pod> podsByJob;
  private final Map<String, JobLedger> ledgers = new HashMap<>();
  private final EventRecorder events;

  JobSimulator(Cluster cluster) {
    super("jobs", cluster);
    this.events = new EventRecorder(cluster, "job-controller");
    this.podsByJob = cluster.cache(ResourceTypes.PODS)
        .index(pod -> Metadata.controllerUid(pod).map(List::of).orElse(List.of()));
    cluster.cache(ResourceTypes.JOBS).onChange((before, after) -> {
      after.or(() -> before).ifPresent(this::offer);
      if (after.isEmpty()) {
        before.ifPresent(gone -> ledgers.remove(gone.getMetadata().getUid()));
      }
    });
    cluster.cache(ResourceTypes.PODS).onChange(this::podChanged);
  }

  private void podChanged(Optional<Pod> before, Optional<Pod> after) {
    Pod pod = after.or(() -> before).orElseThrow();
    Metadata.owners(pod).stream().filter(owner -> "Job".equals(owner.getKind())).findFirst().ifPresent(owner -> {
      if (after.isEmpty() && !PodStatuses.isOver(pod)) {
        ledger(owner.getUid()).lost(pod);
      }
      offer(new ResourceKey(pod.getMetadata().getNamespace(), owner.getName()));
    });
  }

  private JobLedger ledger(String jobUid) {
    return ledgers.computeIfAbsent(jobUid, _ -> new JobLedger());
  }

  @Override
  protected Future<Requeue> pass(Reconciliation run) {
    Optional<Job> found = cluster.cache(ResourceTypes.JOBS).get(run.key());
    if (found.isEmpty() || Metadata.isDeleting(found.get())) {
      return settled();
    }
    Job job = found.get();
    List<Pod> pods = podsByJob.get(job.getMetadata().getUid());
    if (isOver(job)) {
      return expire(job);
    }
    if (Boolean.TRUE.equals(job.getSpec().getSuspend())) {
      return suspend(job, pods);
    }
    JobLedger ledger = ledger(job.getMetadata().getUid());
    pods.forEach(pod -> ledger.take(job, pod));
    Instant now = cluster.time().now();
    if (job.getStatus() == null || job.getStatus().getStartTime() == null) {
      return begin(job, now);
    }
    List<Pod> active = pods.stream().filter(pod -> !PodStatuses.isOver(pod)).toList();
    Optional<JobCondition> outcome = condition(job, "SuccessCriteriaMet").or(() -> condition(job, "FailureTarget"));
    return outcome.isPresent() ? conclude(job, outcome.get(), active, ledger) : carryOn(job, active, ledger, now);
  }

  private Future<Requeue> begin(Job job, Instant now) {
    JobStatusBuilder status = new JobStatusBuilder().withStartTime(Timestamps.of(now));
    condition(job, "Suspended").ifPresent(_ -> status.withConditions(
        condition("Suspended", "False", "JobResumed", "Job resumed")));
    return cluster.patchStatus(ResourceTypes.JOBS, job, status.build()).map(_ -> Requeue.after(Duration.ZERO));
  }

  private Future<Requeue> suspend(Job job, List<Pod> pods) {
    List<Future<Void>> deletions = pods.stream().filter(pod -> !PodStatuses.isOver(pod))
        .filter(pod -> !Metadata.isDeleting(pod)).map(pod -> cluster.delete(ResourceTypes.PODS, pod)).toList();
    ledgers.remove(job.getMetadata().getUid());
    var wanted = condition("Suspended", "True", "JobSuspended", "Job suspended");
    boolean told = condition(job, "Suspended").isPresent();
    return Future.all(deletions).compose(_ -> told ? settled() : cluster.patchStatus(ResourceTypes.JOBS, job,
        new JobStatusBuilder().withActive(0).withReady(0).withConditions(wanted).build()).map(_ -> Requeue.settled()));
  }

  private Future<Requeue> carryOn(Job job, List<Pod> active, JobLedger ledger, Instant now) {
    int completions = Optional.ofNullable(job.getSpec().getCompletions()).orElse(1);
    if (ledger.succeeded() >= completions) {
      return decide(job, condition("SuccessCriteriaMet", "True", "CompletionsReached",
          "Reached expected number of succeeded pods"), active, ledger);
    }
    if (ledger.refusal().isPresent()) {
      return decide(job, condition("FailureTarget", "True", "PodFailurePolicy", ledger.refusal().get()), active,
          ledger);
    }
    int limit = Optional.ofNullable(job.getSpec().getBackoffLimit()).orElse(DEFAULT_BACKOFF_LIMIT);
    if (ledger.failed() > limit) {
      return decide(job, condition("FailureTarget", "True", "BackoffLimitExceeded",
          "Job has reached the specified backoff limit"), active, ledger);
    }
    Optional<Instant> deadline = Optional.ofNullable(job.getSpec().getActiveDeadlineSeconds())
        .map(seconds -> Timestamps.parse(job.getStatus().getStartTime()).plusSeconds(seconds));
    if (deadline.isPresent() && !now.isBefore(deadline.get())) {
      return decide(job, condition("FailureTarget", "True", "DeadlineExceeded",
          "Job was active longer than specified deadline"), active, ledger);
    }
    return attempt(job, active, ledger, now)
        .compose(next -> report(job, ledger).map(_ -> earlier(next, now, deadline)));
  }

  /** Creates what is missing; the answer is when to look again, if time alone would change something. */
  private Future<Optional<Instant>> attempt(Job job, List<Pod> active, JobLedger ledger, Instant now) {
    int completions = Optional.ofNullable(job.getSpec().getCompletions()).orElse(1);
    int parallel = Optional.ofNullable(job.getSpec().getParallelism()).orElse(1);
    int missing = Math.min(parallel, completions - ledger.succeeded()) - active.size();
    Optional<Instant> notBefore = ledger.lastFailure().map(at -> at.plus(backoff(ledger.failed())));
    if (missing <= 0) {
      return Future.succeededFuture(Optional.empty());
    }
    if (notBefore.isPresent() && notBefore.get().isAfter(now)) {
      return Future.succeededFuture(notBefore);
    }
    if (cluster.behaviour().podsRefused()) {
      events.warning(job, "FailedCreate", "Error creating: pods are refused");
      return Future.succeededFuture(Optional.of(now.plus(LONGEST_BACKOFF)));
    }
    List<Future<Pod>> created = new ArrayList<>();
    for (int count = 0; count < missing; count++) {
      created.add(cluster.create(ResourceTypes.PODS, JobPods.attempt(job)));
    }
    return Future.all(created).<Optional<Instant>>map(_ -> Optional.empty()).onFailure(failure ->
        events.warning(job, "FailedCreate", "Error creating: " + failure.getMessage()));
  }

  private static Duration backoff(int failures) {
    Duration doubled = FIRST_BACKOFF.multipliedBy(1L << Math.clamp(failures - 1L, 0, 10));
    return failures == 0 ? Duration.ZERO : doubled.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : doubled;
  }

  private static Requeue earlier(Optional<Instant> next, Instant now, Optional<Instant> deadline) {
    return next.filter(at -> deadline.isEmpty() || at.isBefore(deadline.get())).or(() -> deadline)
        .map(at -> Requeue.after(Duration.between(now, at))).orElse(Requeue.settled());
  }

  private Future<Job> report(Job job, JobLedger ledger) {
    List<Pod> active = podsByJob.get(job.getMetadata().getUid()).stream()
        .filter(pod -> !PodStatuses.isOver(pod)).toList();
    return cluster.patchStatus(ResourceTypes.JOBS, job, counts(ledger, active).build());
  }

  private static JobStatusBuilder counts(JobLedger ledger, List<Pod> active) {
    JobStatusBuilder status = new JobStatusBuilder().withActive(active.size())
        .withReady((int) active.stream().filter(PodStatuses::isReady).count()).withTerminating(0)
        .withNewUncountedTerminatedPods().endUncountedTerminatedPods();
    if (ledger.succeeded() > 0) {
      status.withSucceeded(ledger.succeeded());
    }
    if (ledger.failed() + ledger.ignored() > 0) {
      status.withFailed(ledger.failed() + ledger.ignored());
    }
    return status;
  }

  private Future<Requeue> decide(Job job, JobCondition outcome, List<Pod> active, JobLedger ledger) {
    List<JobCondition> conditions = with(job, outcome);
    return cluster.patchStatus(ResourceTypes.JOBS, job, counts(ledger, active).withConditions(conditions).build())
        .map(_ -> Requeue.after(Duration.ZERO));
  }

  private Future<Requeue> conclude(Job job, JobCondition outcome, List<Pod> active, JobLedger ledger) {
    if (!active.isEmpty()) {
      List<Future<Void>> deletions = active.stream().filter(pod -> !Metadata.isDeleting(pod))
          .map(pod -> cluster.delete(ResourceTypes.PODS, pod)).toList();
      return Future.all(deletions).map(_ -> Requeue.settled());
    }
    boolean success = outcome.getType().equals("SuccessCriteriaMet");
    JobStatus status = counts(ledger, active).withConditions(with(job,
        condition(success ? "Complete" : "Failed", "True", outcome.getReason(), outcome.getMessage()))).build();
    if (success) {
      status.setCompletionTime(Timestamps.of(cluster.time().now()));
    }
    return cluster.patchStatus(ResourceTypes.JOBS, job, status).map(_ -> Requeue.settled());
  }

  private Future<Requeue> expire(Job job) {
    Integer seconds = job.getSpec().getTtlSecondsAfterFinished();
    if (seconds == null) {
      return settled();
    }
    Instant ended = condition(job, "Complete").or(() -> condition(job, "Failed"))
        .map(condition -> Timestamps.parse(condition.getLastTransitionTime())).orElseThrow();
    Instant now = cluster.time().now();
    Instant due = ended.plusSeconds(seconds);
    return due.isAfter(now) ? after(Duration.between(now, due))
        : cluster.client().deleteIfPresent(ResourceTypes.JOBS, Cluster.keyOf(job),
            new DeleteOptions(job.getMetadata().getUid(), "", "Foreground")).map(_ -> Requeue.settled());
  }

  static boolean isOver(Job job) {
    return condition(job, "Complete").isPresent() || condition(job, "Failed").isPresent();
  }

  static Optional<JobCondition> condition(Job job, String type) {
    return conditions(job).stream()
        .filter(condition -> condition.getType().equals(type) && condition.getStatus().equals("True")).findFirst();
  }

  private static List<JobCondition> conditions(Job job) {
    return job.getStatus() == null || job.getStatus().getConditions() == null
        ? List.of() : job.getStatus().getConditions();
  }

  private static List<JobCondition> with(Job job, JobCondition added) {
    List<JobCondition> all = new ArrayList<>(conditions(job));
    all.removeIf(condition -> condition.getType().equals(added.getType()));
    all.add(added);
    return all;
  }

  private JobCondition condition(String type, String status, String reason, String message) {
    String now = Timestamps.of(cluster.time().now());
    return new JobConditionBuilder().withType(type).withStatus(status).withReason(reason).withMessage(message)
        .withLastProbeTime(now).withLastTransitionTime(now).build();
  }
}
