package io.snapstash.sandbox.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Pods of a Job: how they are made, and what one that failed means. */
final class JobPods {
  /** What a failed Pod does to its Job, with the reason for people. */
  record Verdict(String action, String message) {
    static final Verdict COUNT = new Verdict("Count", "");

    boolean is(String wanted) {
      return action.equals(wanted);
    }
  }

  private JobPods() {}

  static Pod attempt(Job job) {
    String name = job.getMetadata().getName();
    String uid = job.getMetadata().getUid();
    var template = job.getSpec().getTemplate();
    var given = Optional.ofNullable(template.getMetadata());
    Map<String, String> labels = new HashMap<>(given.map(meta -> meta.getLabels()).orElse(Map.of()));
    labels.putAll(Map.of("job-name", name, "controller-uid", uid,
        "batch.kubernetes.io/job-name", name, "batch.kubernetes.io/controller-uid", uid));
    return new PodBuilder().withNewMetadata().withGenerateName(name + "-")
        .withNamespace(job.getMetadata().getNamespace()).withLabels(labels)
        .withAnnotations(given.map(meta -> meta.getAnnotations()).orElse(Map.of()))
        .withOwnerReferences(Metadata.controlledBy(job)).endMetadata()
        .withNewSpecLike(template.getSpec()).withNodeName(NodeSimulator.NAME).endSpec().build();
  }

  /** First rule that fits; without one the failure counts against the backoff limit. */
  static Verdict verdict(Job job, Pod pod) {
    var policy = job.getSpec().getPodFailurePolicy();
    List<PodFailurePolicyRule> rules = policy == null || policy.getRules() == null ? List.of() : policy.getRules();
    for (int index = 0; index < rules.size(); index++) {
      PodFailurePolicyRule rule = rules.get(index);
      if (matches(rule, pod)) {
        return new Verdict(rule.getAction(), "Container " + pod.getSpec().getContainers().getFirst().getName()
            + " for pod " + Cluster.keyOf(pod) + " failed with exit code "
            + PodStatuses.exitCode(pod).map(String::valueOf).orElse("unknown") + " matching " + rule.getAction()
            + " rule at index " + index);
      }
    }
    return Verdict.COUNT;
  }

  private static boolean matches(PodFailurePolicyRule rule, Pod pod) {
    if (rule.getOnExitCodes() != null) {
      var codes = rule.getOnExitCodes();
      boolean within = PodStatuses.exitCode(pod).filter(code -> codes.getValues().contains(code)).isPresent();
      boolean failed = PodStatuses.exitCode(pod).filter(code -> code != 0).isPresent();
      return failed && ("In".equals(codes.getOperator()) == within);
    }
    return rule.getOnPodConditions() != null && pod.getStatus() != null && pod.getStatus().getConditions() != null
        && rule.getOnPodConditions().stream().anyMatch(pattern -> pod.getStatus().getConditions().stream()
            .anyMatch(condition -> condition.getType().equals(pattern.getType())
                && condition.getStatus().equals(Optional.ofNullable(pattern.getStatus()).orElse("True"))));
  }
}
