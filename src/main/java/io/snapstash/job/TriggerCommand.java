package io.snapstash.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.BackupSession;
import io.snapstash.api.Labels;
import io.snapstash.app.Arguments;
import io.snapstash.app.UsageException;
import io.snapstash.domain.naming.Names;
import io.snapstash.domain.schedule.Slots;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.KubeFailure;
import io.snapstash.kube.ResourceTypes;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code trigger}: creates the BackupSession of one slot of a schedule. It is named after the slot, so a Pod that runs
 * twice finds its own run and starts no second one (behaviour 1.4, 6.4).
 */
public final class TriggerCommand {
  /** The Job that triggered a run, so that it is known again. */
  public static final String TRIGGER_JOB = "snapstash.io/trigger-job";
  private static final Logger LOG = LoggerFactory.getLogger(TriggerCommand.class);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /**
   * What is to be run.
   *
   * @param backupTimeout duration text of the session
   * @param job name of the trigger Job; empty if a person runs the command by hand
   */
  public record Request(String namespace, String invoker, String session, int retryLeft,
      Optional<String> backupTimeout, Optional<String> job) {}

  /** @throws UsageException for what is missing or unknown */
  public static Request request(List<String> words, Map<String, String> environment) {
    Arguments arguments = Arguments.parse(words,
        Set.of("namespace", "invoker", "session", "retry-left", "backup-timeout"), Set.of());
    return new Request(arguments.required("namespace"), arguments.required("invoker"), arguments.required("session"),
        arguments.number("retry-left", 0), arguments.get("backup-timeout"),
        Optional.ofNullable(environment.get("TRIGGER_JOB_NAME")).filter(name -> !name.isEmpty()));
  }

  private final JobContext context;
  private final Request request;

  public TriggerCommand(JobContext context, Request request) {
    this.context = context;
    this.request = request;
  }

  /** @return an exit code of {@link JobExit} */
  public int run() {
    return Failures.exitCode(LOG, this::create);
  }

  private Future<Integer> create() {
    Instant now = context.time().now();
    Instant slot = request.job().flatMap(job -> Slots.of(job, now)).orElse(now);
    String name = Names.backupSession(request.invoker(), request.session(), slot);
    Patience patience = new Patience(context.time(), now.plus(PATIENCE));
    return patience.with(() -> context.kube().create(
            ResourceTypes.BACKUP_SESSIONS, request.namespace(), manifest(name)))
        .map(_ -> {
          LOG.info("run created key={}/{}", request.namespace(), name);
          return JobExit.DONE;
        })
        .recover(failure -> KubeFailure.is(failure, KubeFailure.Kind.ALREADY_EXISTS)
            ? patience.with(() -> context.kube().get(ResourceTypes.BACKUP_SESSIONS,
                new ResourceKey(request.namespace(), name))).map(this::judge)
            : Future.failedFuture(failure));
  }

  private int judge(BackupSession found) {
    String job = Optional.ofNullable(found.getMetadata().getAnnotations()).orElse(Map.of()).get(TRIGGER_JOB);
    if (request.job().isPresent() && request.job().get().equals(job)) {
      LOG.info("run exists already key={}/{}", request.namespace(), found.getMetadata().getName());
      return JobExit.DONE;
    }
    LOG.error("a BackupSession {} exists that this trigger did not make", found.getMetadata().getName());
    return JobExit.FAILED;
  }

  /** The operator adds labels, owner and finalizer; a trigger may do nothing but create. */
  private ObjectNode manifest(String name) {
    ObjectNode run = JsonNodeFactory.instance.objectNode()
        .put("apiVersion", "core.kubestash.com/v1alpha1").put("kind", "BackupSession");
    ObjectNode annotations = run.putObject("metadata").put("name", name).put("namespace", request.namespace())
        .putObject("annotations").put(Labels.TRIGGER, request.job().isPresent() ? "schedule" : "manual");
    request.job().ifPresent(job -> annotations.put(TRIGGER_JOB, job));
    ObjectNode spec = run.putObject("spec");
    spec.putObject("invoker").put("apiGroup", "core.kubestash.com").put("kind", "BackupConfiguration")
        .put("name", request.invoker());
    spec.put("session", request.session()).put("retryLeft", request.retryLeft());
    request.backupTimeout().filter(text -> !text.isEmpty()).ifPresent(text -> spec.put("backupTimeout", text));
    return run;
  }
}
