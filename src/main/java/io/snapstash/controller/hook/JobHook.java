package io.snapstash.controller.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.snapstash.api.AddonInfoBuilder;
import io.snapstash.api.AddonTaskBuilder;
import io.snapstash.api.AddonVolumeSource;
import io.snapstash.api.FunctionExecutor;
import io.snapstash.api.FunctionSpec;
import io.snapstash.api.Json;
import io.snapstash.api.Labels;
import io.snapstash.api.TaskReference;
import io.snapstash.api.Volume;
import io.snapstash.api.VolumeTemplate;
import io.snapstash.controller.Caches;
import io.snapstash.controller.ControllerSettings;
import io.snapstash.controller.JobState;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Proof;
import io.snapstash.domain.Absent;
import io.snapstash.domain.hook.FilledHook;
import io.snapstash.domain.hook.HookKey;
import io.snapstash.domain.hook.HookResult;
import io.snapstash.domain.hook.Masking;
import io.snapstash.domain.naming.Names;
import io.snapstash.domain.naming.OffshootLabels;
import io.snapstash.domain.template.JobRequest;
import io.snapstash.domain.template.ResolvedTask;
import io.snapstash.domain.template.TaskJob;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.KubeClient;
import io.snapstash.kube.KubeFailure;
import io.snapstash.kube.ResourceTypes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A Function as a hook: a Job of the run's, named after run and hook, so that a new process finds the one that the last
 * has made. Attempts are its retries; each Pod may live for the hook's timeout. It runs as the namespace's default
 * account unless the hook's runtimeSettings name another: we lend it none of our rights.
 */
final class JobHook {
  private final KubeClient kube;
  private final Caches caches;
  private final ControllerSettings settings;
  private final Map<ResourceKey, Promise<Job>> awaited = new ConcurrentHashMap<>();

  JobHook(KubeClient kube, Caches caches, ControllerSettings settings) {
    this.kube = kube;
    this.caches = caches;
    this.settings = settings;
    caches.jobs.onChange((before, after) -> Stream.concat(after.stream(), before.stream()).findFirst()
        .filter(job -> after.isEmpty() || JobState.endedBecause(after).isPresent())
        .ifPresent(job -> Optional.ofNullable(awaited.remove(Metadata.key(job)))
            .ifPresent(waiting -> waiting.tryComplete(after.orElse(null)))));
  }

  boolean exists(HookKey key, HasMetadata run) {
    return caches.jobs.get(jobOf(key, run)).filter(job -> Metadata.isControlledBy(job, run)).isPresent();
  }

  private static ResourceKey key(HookOrder order) {
    return jobOf(order.key(), order.run());
  }

  private static ResourceKey jobOf(HookKey key, HasMetadata run) {
    return new ResourceKey(run.getMetadata().getNamespace(),
        Names.hookJob(run.getMetadata().getName(), key.after(), key.name(), key.occurrence()));
  }

  Future<HookResult> run(HookOrder order, FilledHook filled, HookAttempts attempts) {
    FunctionExecutor executor = filled.executor().function();
    if (executor == null || Absent.text(executor.name()).isEmpty()) {
      return Future.succeededFuture(HookResult.failed("the HookTemplate names no Function"));
    }
    Optional<FunctionSpec> function = caches.functions.get(ResourceKey.clusterScoped(executor.name()))
        .map(found -> found.getSpec());
    if (function.isEmpty()) {
      return Future.succeededFuture(HookResult.failed("Function " + executor.name() + " does not exist"));
    }
    return switch (render(order, filled, function.get(), attempts)) {
      case TaskJob.Rendering.Unresolvable(String message) -> Future.succeededFuture(HookResult.failed(message));
      case TaskJob.Rendering.Rendered(ObjectNode job) -> ensure(order, job).compose(_ -> end(order, filled.secrets()));
    };
  }

  private TaskJob.Rendering render(HookOrder order, FilledHook filled, FunctionSpec function, HookAttempts attempts) {
    FunctionExecutor executor = filled.executor().function();
    ResolvedTask task = new ResolvedTask(new TaskReference("hook", null, null, null, null),
        AddonTaskBuilder.builder().name(order.key().name()).function(executor.name())
            .volumeTemplate(volumes(executor, order.hook().volumes()))
            .volumeMounts(joined(executor.volumeMounts(), order.hook().volumeMounts())).build(), function);
    HasMetadata run = order.run();
    OffshootLabels.Owner owner = new OffshootLabels.Owner(run.getKind(), run.getMetadata().getNamespace(),
        run.getMetadata().getName(), Metadata.labels(run));
    Duration whole = attempts.timeout().multipliedBy(attempts.extra() + 1L);
    JobRequest request = new JobRequest(run.getMetadata().getNamespace(), key(order).name(),
        new JobRequest.Owner(run.getApiVersion(), run.getKind(), run.getMetadata().getName(),
            run.getMetadata().getUid()),
        "hook", OffshootLabels.of(owner, Labels.COMPONENT_HOOK), settings.image(), "default",
        settings.proxyEnvironment(), attempts.limit().map(end -> Duration.between(attempts.time().now(), end))
            .filter(rest -> rest.compareTo(whole) < 0).orElse(whole),
        Optional.ofNullable(order.hook().runtimeSettings()), settings.jobRequests());
    TaskJob.Rendering rendering =
        TaskJob.render(task, AddonInfoBuilder.builder().build(), filled.variables(), request);
    if (rendering instanceof TaskJob.Rendering.Rendered(ObjectNode job)) {
      finish(job, executor, attempts);
    }
    return rendering;
  }

  /** The Function's exit codes are its own, so none of them says that retrying is no use. */
  private static void finish(ObjectNode job, FunctionExecutor executor, HookAttempts attempts) {
    ObjectNode spec = (ObjectNode) job.get("spec");
    spec.put("backoffLimit", attempts.extra());
    spec.remove("podFailurePolicy");
    ObjectNode pod = (ObjectNode) spec.at("/template/spec");
    pod.put("activeDeadlineSeconds", Math.max(1, attempts.timeout().toSeconds()));
    ObjectNode container = (ObjectNode) pod.at("/containers/0");
    container.put("terminationMessagePolicy", "FallbackToLogsOnError");
    Absent.list(executor.env()).forEach(container.withArray("env")::add);
  }

  private static List<VolumeTemplate> volumes(FunctionExecutor executor, List<Volume> more) {
    List<VolumeTemplate> volumes = new ArrayList<>();
    Stream.concat(Absent.list(executor.volumes()).stream(), Absent.list(more).stream()).forEach(volume -> {
      ObjectNode source = Json.MAPPER.valueToTree(volume);
      source.remove("name");
      volumes.add(new VolumeTemplate(volume.name(), null, Json.MAPPER.convertValue(source, AddonVolumeSource.class)));
    });
    return volumes;
  }

  private static List<JsonNode> joined(List<JsonNode> one, List<JsonNode> other) {
    return Stream.concat(Absent.list(one).stream(), Absent.list(other).stream()).toList();
  }

  private Future<Void> ensure(HookOrder order, ObjectNode job) {
    return kube.create(ResourceTypes.JOBS, order.runKey().namespace(), job).recover(failure ->
        KubeFailure.is(failure, KubeFailure.Kind.ALREADY_EXISTS) ? kube.get(ResourceTypes.JOBS, key(order))
            .compose(found -> new Proof.ControlledBy(order.run().getMetadata().getUid()).accepts(found)
                ? Future.succeededFuture(found)
                : Future.failedFuture("Job " + key(order) + " exists and was not made for this run"))
            : Future.failedFuture(failure)).map(made -> {
              caches.observe(made);
              return null;
            });
  }

  /** Its end may have come before anybody listened, hence the look at the cache afterwards. */
  private Future<HookResult> end(HookOrder order, List<String> secrets) {
    Promise<Job> ended = awaited.computeIfAbsent(key(order), _ -> Promise.promise());
    caches.jobs.get(key(order)).filter(job -> JobState.endedBecause(Optional.of(job)).isPresent())
        .ifPresent(ended::tryComplete);
    return ended.future().map(job -> {
      awaited.remove(key(order));
      return job != null && JobState.hasSucceeded(job) ? HookResult.succeeded()
          : HookResult.failed(JobState.endedBecause(Optional.ofNullable(job)).orElse("") + lastWords(job, secrets));
    });
  }

  private String lastWords(Job job, List<String> secrets) {
    return job == null ? "" : caches.podsByJob.get(job.getMetadata().getUid()).stream()
        .filter(pod -> pod.getStatus() != null)
        .sorted((one, other) -> Instant.parse(other.getMetadata().getCreationTimestamp())
            .compareTo(Instant.parse(one.getMetadata().getCreationTimestamp())))
        .flatMap(pod -> Optional.ofNullable(pod.getStatus().getContainerStatuses()).orElse(List.of()).stream())
        .map(ContainerStatus::getState).filter(state -> state != null && state.getTerminated() != null)
        .map(ContainerState::getTerminated).map(end -> Absent.text(end.getMessage())).filter(text -> !text.isBlank())
        .findFirst().map(text -> ": " + Masking.shown(text, secrets)).orElse("");
  }
}
