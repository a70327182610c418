package io.snapstash.domain.template;

import static io.snapstash.domain.template.PodDraft.literal;
import static io.snapstash.domain.template.PodDraft.object;
import static io.snapstash.domain.template.PodDraft.put;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.JobTemplate;
import io.snapstash.api.JobTemplateBuilder;
import io.snapstash.api.SchedulerSpec;
import io.snapstash.api.TemplateMetadata;
import io.snapstash.domain.Absent;
import io.snapstash.domain.schedule.Schedule;
import java.util.List;
import java.util.Optional;

/**
 * The CronJob of one session (behaviour 6.4). Its Pod only creates a BackupSession; all that goes into it stands in
 * the arguments, and the slot is read from the label that the Job controller puts on the Pod (1.4).
 */
public final class TriggerCronJob {
  private static final String JOB_NAME_LABEL = "metadata.labels['batch.kubernetes.io/job-name']";

  private TriggerCronJob() {}

  /**
   * What the trigger Pod is told.
   *
   * @param timeout duration text; empty means none
   * @param suspended the configuration is paused, or the scheduler asks for it, or a restore is going on
   */
  public record Trigger(String invoker, String session, int retryLeft, Optional<String> timeout, boolean suspended) {}

  /** The deadline of the request holds unless the user's jobTemplate has one. */
  public static ObjectNode render(Schedule schedule, SchedulerSpec scheduler, Trigger trigger, JobRequest request) {
    JobTemplate template = Optional.ofNullable(scheduler.jobTemplate()).orElseGet(JobTemplateBuilder.builder()::build);
    ObjectNode cronJob = JobObjects.root("CronJob", request, null);
    ObjectNode spec = cronJob.putObject("spec").put("schedule", schedule.expression());
    schedule.timeZone().ifPresent(zone -> spec.put("timeZone", zone));
    put(spec, "startingDeadlineSeconds", scheduler.startingDeadlineSeconds());
    put(spec, "concurrencyPolicy", scheduler.concurrencyPolicy());
    spec.put("suspend", trigger.suspended());
    put(spec, "successfulJobsHistoryLimit", scheduler.successfulJobsHistoryLimit());
    put(spec, "failedJobsHistoryLimit", scheduler.failedJobsHistoryLimit());
    spec.set("jobTemplate", jobTemplate(template, trigger, request));
    return cronJob;
  }

  private static ObjectNode jobTemplate(JobTemplate template, Trigger trigger, JobRequest request) {
    TemplateMetadata extra = template.template() == null ? null : template.template().controller();
    ObjectNode metadata = (ObjectNode) JobObjects.root("Job", request, extra).get("metadata");
    metadata.remove(List.of("namespace", "name", "ownerReferences"));
    ObjectNode spec = object()
        .put("backoffLimit", JobObjects.BACKOFF_LIMIT)
        .put("activeDeadlineSeconds", Math.max(1, request.deadline().toSeconds()));
    put(spec, "parallelism", template.parallelism());
    put(spec, "completions", template.completions());
    put(spec, "activeDeadlineSeconds", template.activeDeadlineSeconds());
    put(spec, "backoffLimit", template.backoffLimit());
    put(spec, "ttlSecondsAfterFinished", template.ttlSecondsAfterFinished());
    put(spec, "completionMode", template.completionMode());
    put(spec, "suspend", template.suspend());
    spec.set("podFailurePolicy", JobObjects.failurePolicy(request.container()));
    spec.set("template", pod(template, trigger, request));
    ObjectNode result = object();
    result.set("metadata", metadata);
    result.set("spec", spec);
    return result;
  }

  private static ObjectNode pod(JobTemplate template, Trigger trigger, JobRequest request) {
    PodDraft draft = new PodDraft(request.container());
    JobObjects.image(draft, "", request);
    JobObjects.resources(draft, request);
    request.settings().ifPresent(settings -> {
      PodSettings.apply(draft, settings.pod());
      PodSettings.apply(draft, settings.container());
    });
    PodSettings.apply(draft, template.template());
    draft.container().set("args", arguments(trigger, request.namespace()));
    draft.environment(object().put("name", "TRIGGER_JOB_NAME")
        .set("valueFrom", object().set("fieldRef", object().put("fieldPath", JOB_NAME_LABEL))));
    JobObjects.seal(draft, request);
    return draft.template();
  }

  private static ArrayNode arguments(Trigger trigger, String namespace) {
    ArrayNode arguments = object().arrayNode()
        .add("trigger")
        .add("--namespace=" + literal(namespace))
        .add("--invoker=" + literal(trigger.invoker()))
        .add("--session=" + literal(trigger.session()))
        .add("--retry-left=" + trigger.retryLeft());
    trigger.timeout().map(Absent::text).filter(text -> !text.isEmpty())
        .ifPresent(text -> arguments.add("--backup-timeout=" + literal(text)));
    return arguments;
  }
}
