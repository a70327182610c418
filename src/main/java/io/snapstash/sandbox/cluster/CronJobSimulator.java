package io.snapstash.sandbox.cluster;

import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobStatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.snapstash.engine.Reconciliation;
import io.snapstash.engine.Requeue;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.Index;
import io.snapstash.kube.KubeFailure;
import io.snapstash.kube.ResourceTypes;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * CronJob controller: at most the latest missed slot is made up for, and a Job is named after its slot, so that a slot
 * is never run twice.
 */
final class CronJobSimulator extends Part {
  private static final String SCHEDULED_AT = "batch.kubernetes.io/cronjob-scheduled-timestamp";
  private static final int DEFAULT_SUCCESSFUL = 3;
  private static final int DEFAULT_FAILED = 1;

  private final Index<Job> jobsByOwner;
  private final EventRecorder events;

  CronJobSimulator(Cluster cluster) {
    super("cronjobs", cluster);
    this.events = new EventRecorder(cluster, "cronjob-controller");
    this.jobsByOwner = cluster.cache(ResourceTypes.JOBS)
        .index(job -> Metadata.controllerUid(job).map(List::of).orElse(List.of()));
    offerAll(cluster.cache(ResourceTypes.CRON_JOBS));
    cluster.cache(ResourceTypes.JOBS).onChange((before, after) -> after.or(() -> before).ifPresent(job ->
        Metadata.owners(job).stream().filter(owner -> "CronJob".equals(owner.getKind()))
            .forEach(owner -> offer(new ResourceKey(job.getMetadata().getNamespace(), owner.getName())))));
  }

  @Override
  protected Future<Requeue> pass(Reconciliation run) {
    Optional<CronJob> found = cluster.cache(ResourceTypes.CRON_JOBS).get(run.key());
    if (found.isEmpty() || Metadata.isDeleting(found.get())) {
      return settled();
    }
    CronJob cronJob = found.get();
    List<Job> jobs = jobsByOwner.get(cronJob.getMetadata().getUid());
    return trim(cronJob, jobs).compose(_ -> report(cronJob, jobs, Optional.empty()))
        .compose(current -> schedule(current, jobs));
  }

  private Future<Requeue> schedule(CronJob cronJob, List<Job> jobs) {
    if (Boolean.TRUE.equals(cronJob.getSpec().getSuspend())) {
      return settled();
    }
    Instant now = cluster.time().now();
    CronSlots slots = CronSlots.of(cronJob);
    Instant earliest = earliest(cronJob, now);
    Optional<Instant> due = slots.latestBetween(earliest, now);
    Requeue next = slots.after(due.orElse(earliest)).map(at -> Requeue.after(Duration.between(now, at)))
        .orElse(Requeue.settled());
    if (due.isEmpty() || isTooLate(cronJob, due.get(), now)) {
      due.ifPresent(slot -> events.warning(cronJob, "MissSchedule", "Missed scheduled time to start a job: " + slot));
      return Future.succeededFuture(next);
    }
    List<Job> active = jobs.stream().filter(job -> !JobSimulator.isOver(job)).toList();
    String policy = Optional.ofNullable(cronJob.getSpec().getConcurrencyPolicy()).orElse("Allow");
    if (policy.equals("Forbid") && !active.isEmpty()) {
      events.normal(cronJob, "JobAlreadyActive", "Not starting job because prior execution is running and concurrency "
          + "policy is Forbid");
      return Future.succeededFuture(next);
    }
    Future<?> cleared = policy.equals("Replace")
        ? Future.all(active.stream().map(job -> cluster.delete(ResourceTypes.JOBS, job)).toList())
        : Future.succeededFuture();
    return cleared.compose(_ -> start(cronJob, due.get()))
        .compose(_ -> report(cronJob, jobsByOwner.get(cronJob.getMetadata().getUid()), due)).map(_ -> next);
  }

  private static Instant earliest(CronJob cronJob, Instant now) {
    Instant last = Optional.ofNullable(cronJob.getStatus()).map(CronJobStatus::getLastScheduleTime)
        .map(Timestamps::parse).orElse(Timestamps.parse(cronJob.getMetadata().getCreationTimestamp()));
    Instant horizon = Optional.ofNullable(cronJob.getSpec().getStartingDeadlineSeconds())
        .map(now::minusSeconds).orElse(Instant.MIN);
    return horizon.isAfter(last) ? horizon : last;
  }

  private static boolean isTooLate(CronJob cronJob, Instant slot, Instant now) {
    Long seconds = cronJob.getSpec().getStartingDeadlineSeconds();
    return seconds != null && slot.plusSeconds(seconds).isBefore(now);
  }

  private Future<Void> start(CronJob cronJob, Instant slot) {
    var template = cronJob.getSpec().getJobTemplate();
    var given = Optional.ofNullable(template.getMetadata());
    Map<String, String> annotations = new HashMap<>(given.map(meta -> meta.getAnnotations()).orElse(Map.of()));
    annotations.put(SCHEDULED_AT, DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(slot.atZone(zone(cronJob))));
    Job job = new JobBuilder().withNewMetadata()
        .withName(cronJob.getMetadata().getName() + "-" + slot.getEpochSecond() / 60)
        .withNamespace(cronJob.getMetadata().getNamespace())
        .withLabels(given.map(meta -> meta.getLabels()).orElse(Map.of())).withAnnotations(annotations)
        .withOwnerReferences(Metadata.controlledBy(cronJob)).endMetadata()
        .withSpec(template.getSpec()).build();
    return cluster.create(ResourceTypes.JOBS, job).<Void>mapEmpty()
        .recover(failure -> KubeFailure.is(failure, KubeFailure.Kind.ALREADY_EXISTS)
            ? Future.succeededFuture() : Future.failedFuture(failure));
  }

  static ZoneId zone(CronJob cronJob) {
    return ZoneId.of(Optional.ofNullable(cronJob.getSpec().getTimeZone()).orElse("Z"));
  }

  private Future<CronJob> report(CronJob cronJob, List<Job> jobs, Optional<Instant> scheduled) {
    List<ObjectReference> active = jobs.stream().filter(job -> !JobSimulator.isOver(job))
        .filter(job -> !Metadata.isDeleting(job))
        .map(job -> new ObjectReferenceBuilder().withApiVersion("batch/v1").withKind("Job")
            .withName(job.getMetadata().getName()).withNamespace(job.getMetadata().getNamespace())
            .withUid(job.getMetadata().getUid()).withResourceVersion(job.getMetadata().getResourceVersion()).build())
        .toList();
    CronJobStatusBuilder status = new CronJobStatusBuilder();
    if (!uids(active).equals(uids(activeOf(cronJob)))) {
      status.withActive(active);
    }
    scheduled.ifPresent(at -> status.withLastScheduleTime(Timestamps.of(at)));
    jobs.stream().flatMap(job -> JobSimulator.condition(job, "Complete").stream())
        .map(condition -> condition.getLastTransitionTime()).max(Comparator.naturalOrder())
        .ifPresent(status::withLastSuccessfulTime);
    return cluster.patchStatus(ResourceTypes.CRON_JOBS, cronJob, status.build());
  }

  private static List<ObjectReference> activeOf(CronJob cronJob) {
    return cronJob.getStatus() == null || cronJob.getStatus().getActive() == null
        ? List.of() : cronJob.getStatus().getActive();
  }

  private static List<String> uids(List<ObjectReference> references) {
    return references.stream().map(ObjectReference::getUid).sorted().toList();
  }

  private Future<Void> trim(CronJob cronJob, List<Job> jobs) {
    var spec = cronJob.getSpec();
    Stream<Job> superfluous = Stream.concat(
        oldest(jobs, "Complete", spec.getSuccessfulJobsHistoryLimit(), DEFAULT_SUCCESSFUL),
        oldest(jobs, "Failed", spec.getFailedJobsHistoryLimit(), DEFAULT_FAILED));
    return Future.all(superfluous.filter(job -> !Metadata.isDeleting(job))
        .map(job -> cluster.delete(ResourceTypes.JOBS, job)).toList()).mapEmpty();
  }

  private static Stream<Job> oldest(List<Job> jobs, String condition, Integer limit, int byDefault) {
    return jobs.stream().filter(job -> JobSimulator.condition(job, condition).isPresent())
        .sorted(Comparator.comparing((Job job) -> job.getMetadata().getCreationTimestamp()).reversed())
        .skip(limit == null ? byDefault : limit);
  }
}
