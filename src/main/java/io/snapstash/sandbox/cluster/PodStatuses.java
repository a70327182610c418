package io.snapstash.sandbox.cluster;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a kubelet writes about a Pod. */
final class PodStatuses {
  private PodStatuses() {}

  static PodStatus running(Pod pod, String address, Instant now) {
    String at = Timestamps.of(now);
    List<ContainerStatus> containers = pod.getSpec().getContainers().stream().map(container ->
        new ContainerStatusBuilder().withName(container.getName()).withImage(container.getImage()).withImageID("")
            .withReady(true).withStarted(true).withRestartCount(0)
            .withNewState().withNewRunning().withStartedAt(at).endRunning().endState().build()).toList();
    return new PodStatusBuilder().withPhase("Running").withStartTime(at).withPodIP(address).withHostIP("10.0.0.1")
        .withConditions(conditions("True", "", at)).withContainerStatuses(containers).build();
  }

  /** @param message the termination message; null if there is none */
  static PodStatus ended(Pod pod, int exitCode, String message, Instant now) {
    String at = Timestamps.of(now);
    String started = Optional.ofNullable(pod.getStatus()).map(PodStatus::getStartTime).orElse(at);
    String reason = exitCode == 0 ? "Completed" : "Error";
    List<ContainerStatus> containers = pod.getSpec().getContainers().stream().map(container ->
        new ContainerStatusBuilder().withName(container.getName()).withImage(container.getImage()).withImageID("")
            .withReady(false).withStarted(false).withRestartCount(0)
            .withNewState().withNewTerminated().withExitCode(exitCode).withReason(reason).withMessage(message).withStartedAt(started)
            .withFinishedAt(at).endTerminated().endState().build()).toList();
    return new PodStatusBuilder().withPhase(exitCode == 0 ? "Succeeded" : "Failed")
        .withConditions(conditions("False", exitCode == 0 ? "PodCompleted" : "PodFailed", at))
        .withContainerStatuses(containers).build();
  }

  static Optional<Integer> exitCode(Pod pod) {
    return containers(pod).stream().filter(status -> status.getState() != null
            && status.getState().getTerminated() != null)
        .map(status -> status.getState().getTerminated().getExitCode()).findFirst();
  }

  static List<ContainerStatus> containers(Pod pod) {
    return pod.getStatus() == null || pod.getStatus().getContainerStatuses() == null
        ? List.of() : pod.getStatus().getContainerStatuses();
  }

  static String phase(Pod pod) {
    return pod.getStatus() == null || pod.getStatus().getPhase() == null ? "Pending" : pod.getStatus().getPhase();
  }

  static boolean isOver(Pod pod) {
    return phase(pod).equals("Succeeded") || phase(pod).equals("Failed");
  }

  static boolean isReady(Pod pod) {
    return pod.getStatus() != null && pod.getStatus().getConditions() != null && pod.getStatus().getConditions()
        .stream().anyMatch(condition -> condition.getType().equals("Ready") && condition.getStatus().equals("True"));
  }

  private static List<PodCondition> conditions(String ready, String reason, String at) {
    return List.of(condition("PodScheduled", "True", "", at), condition("Initialized", "True", "", at),
        condition("ContainersReady", ready, reason, at), condition("Ready", ready, reason, at));
  }

  private static PodCondition condition(String type, String status, String reason, String at) {
    return new PodConditionBuilder().withType(type).withStatus(status)
        .withReason(reason.isEmpty() ? null : reason).withLastTransitionTime(at).build();
  }
}
