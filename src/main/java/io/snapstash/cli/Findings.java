package io.snapstash.cli;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.snapstash.api.Condition;
import io.snapstash.api.Conditions;
import io.snapstash.api.Labels;
import io.snapstash.domain.naming.Shortening;
import io.snapstash.kube.KubeFailure;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.kube.Selection;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Prints what speaks of a failure: conditions, warnings, and what became of a Job and its Pods, with their logs. */
record Findings(Cluster cluster, PrintStream out) {
  private static final Set<String> BAD_WHEN_TRUE = Set.of(Conditions.BACKUP_INCOMPLETE, Conditions.RESTORE_INCOMPLETE,
      Conditions.SNAPSHOT_CLEANUP_INCOMPLETE, Conditions.POD_PENDING_TOO_LONG, Conditions.FEATURE_UNAVAILABLE,
      Conditions.BACKUP_SKIPPED);
  private static final int LOG_LINES = 40;

  void print(String text) {
    out.println(text);
  }

  void title(String kind, HasMetadata object, String phase) {
    print(kind + " " + object.getMetadata().getNamespace() + "/" + object.getMetadata().getName() + ": "
        + (phase == null ? "no phase yet" : phase));
  }

  void component(String name, String phase, String error) {
    print("  " + name + "   " + phase + (error == null ? "" : "   " + error));
  }

  void conditions(Stream<Condition> conditions) {
    Columns columns = new Columns(List.of("  CONDITION", "STATUS", "REASON", "MESSAGE"));
    conditions.filter(each -> "False".equals(each.status())
            || "True".equals(each.status()) && BAD_WHEN_TRUE.contains(each.type()))
        .forEach(each -> columns.row("  " + each.type(), each.status(), Objects.toString(each.reason(), ""),
            Objects.toString(each.message(), "")));
    if (!columns.isEmpty()) {
      out.print(columns);
    }
  }

  /** Warnings; an API server keeps them for an hour. */
  void events(String kind, HasMetadata object) {
    Selection about = new Selection(object.getMetadata().getNamespace(), "", "involvedObject.kind=" + kind
        + ",involvedObject.name=" + object.getMetadata().getName());
    cluster.listIfAllowed(ResourceTypes.EVENTS, about).stream()
        .filter(event -> "Warning".equals(event.getType()))
        .forEach(event -> print("  event " + event.getReason() + ": " + event.getMessage()));
  }

  /** The Jobs of a run, and their Pods. */
  void work(HasMetadata owner, String component) {
    Selection made = new Selection(cluster.namespace(), Labels.INVOKER_NAME + "="
        + Shortening.labelValue(owner.getMetadata().getName()) + "," + Labels.COMPONENT + "=" + component, "");
    List<Job> jobs = cluster.listIfAllowed(ResourceTypes.JOBS, made);
    jobs.forEach(this::job);
    List<Pod> pods = cluster.listIfAllowed(ResourceTypes.PODS, made);
    if (jobs.isEmpty() && pods.isEmpty()) {
      print("  no Job of it is there any more");
    } else if (pods.isEmpty()) {
      print("  no Pod of its Job is there");
    }
    pods.forEach(this::pod);
  }

  private void job(Job job) {
    List<String> said = Stream.ofNullable(job.getStatus()).flatMap(status -> status.getConditions().stream())
        .filter(each -> "True".equals(each.getStatus()))
        .map(each -> each.getType() + (each.getReason() == null ? "" : " " + each.getReason())
            + (each.getMessage() == null ? "" : ": " + each.getMessage())).toList();
    print("Job " + job.getMetadata().getNamespace() + "/" + job.getMetadata().getName() + ": "
        + (said.isEmpty() ? "at work" : String.join("; ", said)));
    events("Job", job);
  }

  void pod(Pod pod) {
    print("Pod " + pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName() + ": "
        + Stream.concat(Optional.ofNullable(pod.getStatus()).map(status -> status.getPhase()).stream(), states(pod))
            .reduce((one, other) -> one + "; " + other).orElse("nothing known"));
    events("Pod", pod);
    log(pod);
  }

  private static Stream<String> states(Pod pod) {
    return Stream.ofNullable(pod.getStatus()).flatMap(status -> status.getContainerStatuses().stream())
        .flatMap(Findings::state);
  }

  private static Stream<String> state(ContainerStatus container) {
    if (container.getState() == null) {
      return Stream.empty();
    }
    ContainerStateWaiting waiting = container.getState().getWaiting();
    ContainerStateTerminated ended = container.getState().getTerminated();
    if (waiting != null) {
      return Stream.of(container.getName() + " waits: " + waiting.getReason()
          + (waiting.getMessage() == null ? "" : " " + waiting.getMessage()));
    }
    return ended == null ? Stream.empty() : Stream.of(container.getName() + " ended with exit code "
        + ended.getExitCode() + (ended.getReason() == null ? "" : " (" + ended.getReason() + ")"));
  }

  private void log(Pod pod) {
    String path = "/api/v1/namespaces/" + pod.getMetadata().getNamespace() + "/pods/" + pod.getMetadata().getName()
        + "/log?tailLines=" + LOG_LINES;
    print("Log of Pod " + pod.getMetadata().getName());
    try {
      byte[] text = Cluster.await(cluster.kube().raw("GET", path, Optional.empty()));
      new String(text, StandardCharsets.UTF_8).lines().forEach(line -> print("  " + line));
    } catch (KubeFailure failure) {
      print("  not to be had: " + failure.getMessage());
    }
  }
}
