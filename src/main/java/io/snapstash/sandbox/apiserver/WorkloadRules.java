package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Deployments, StatefulSets, DaemonSets and ReplicaSets: Pods for ever, found by a selector that never changes. */
final class WorkloadRules implements KindRules {
  private static final int HISTORY = 10;
  private static final int PROGRESS_SECONDS = 600;
  private static final Set<String> CHANGEABLE = Set.of("replicas", "ordinals", "template", "updateStrategy",
      "revisionHistoryLimit", "persistentVolumeClaimRetentionPolicy", "minReadySeconds");

  private final String kind;

  WorkloadRules(String kind) {
    this.kind = kind;
  }

  @Override
  public void beforeCreate(ObjectNode object) {
    fill(object.withObject("/spec"));
    ObjectNode status = object.putObject("status");
    switch (kind) {
      case "statefulset" -> status.put("replicas", 0).put("availableReplicas", 0);
      case "replicaset" -> status.put("replicas", 0);
      case "daemonset" -> status.put("currentNumberScheduled", 0).put("numberMisscheduled", 0)
          .put("desiredNumberScheduled", 0).put("numberReady", 0);
      default -> { }
    }
  }

  @Override
  public void beforeUpdate(ObjectNode object, ObjectNode old) {
    fill(object.withObject("/spec"));
  }

  private void fill(ObjectNode spec) {
    PodDefaults.fillTemplate(spec);
    if (!kind.equals("daemonset")) {
      PodDefaults.number(spec, "replicas", 1);
    }
    if (!kind.equals("replicaset")) {
      PodDefaults.number(spec, "revisionHistoryLimit", HISTORY);
    }
    switch (kind) {
      case "deployment" -> {
        PodDefaults.number(spec, "progressDeadlineSeconds", PROGRESS_SECONDS);
        rolling(spec.withObject("/strategy")).ifPresent(rolling -> {
          PodDefaults.text(rolling, "maxUnavailable", "25%");
          PodDefaults.text(rolling, "maxSurge", "25%");
        });
      }
      case "statefulset" -> statefulSet(spec);
      case "daemonset" -> rolling(spec.withObject("/updateStrategy")).ifPresent(rolling -> {
        PodDefaults.number(rolling, "maxUnavailable", 1);
        PodDefaults.number(rolling, "maxSurge", 0);
      });
      default -> { }
    }
  }

  private static void statefulSet(ObjectNode spec) {
    PodDefaults.text(spec, "serviceName", "");
    PodDefaults.text(spec, "podManagementPolicy", "OrderedReady");
    rolling(spec.withObject("/updateStrategy")).ifPresent(rolling -> PodDefaults.number(rolling, "partition", 0));
    ObjectNode retention = spec.withObject("/persistentVolumeClaimRetentionPolicy");
    PodDefaults.text(retention, "whenDeleted", "Retain");
    PodDefaults.text(retention, "whenScaled", "Retain");
    PodDefaults.each(spec.path("volumeClaimTemplates"), claim -> {
      claim.put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
      PodDefaults.text(claim.withObject("/spec"), "volumeMode", "Filesystem");
      PodDefaults.text(claim.withObject("/status"), "phase", "Pending");
    });
  }

  private static Optional<ObjectNode> rolling(ObjectNode strategy) {
    PodDefaults.text(strategy, "type", "RollingUpdate");
    return strategy.path("type").asText().equals("RollingUpdate")
        ? Optional.of(strategy.withObject("/rollingUpdate")) : Optional.empty();
  }

  @Override
  public List<FieldError> check(ObjectNode object, Optional<ObjectNode> old) {
    JsonNode spec = object.path("spec");
    JsonNode selector = spec.path("selector");
    List<FieldError> errors = new ArrayList<>();
    JobRules.notNegative("spec", spec, List.of("replicas", "minReadySeconds", "revisionHistoryLimit"), errors);
    if (!selector.isObject() && !kind.equals("daemonset")) {
      errors.add(FieldError.required("spec.selector", ""));
    } else if (selector.isObject() && selector.path("matchLabels").isEmpty()
        && selector.path("matchExpressions").isEmpty()) {
      errors.add(FieldError.invalid("spec.selector", selector, "empty selector is invalid for "
          + (kind.equals("replicaset") ? "deployment" : kind)));
    }
    errors.addAll(PodChecks.lastingTemplate("spec.template", spec.path("template"), selector, claims(spec, errors)));
    old.ifPresent(before -> settled(spec, before.path("spec"), errors));
    return errors;
  }

  /** The names of the claim templates; what they lack is added to the errors. */
  private static Set<String> claims(JsonNode spec, List<FieldError> errors) {
    Set<String> names = new HashSet<>();
    for (int at = 0; at < spec.path("volumeClaimTemplates").size(); at++) {
      JsonNode claim = spec.path("volumeClaimTemplates").get(at);
      names.add(claim.at("/metadata/name").asText());
      errors.addAll(ClaimRules.required("spec.volumeClaimTemplates[" + at + "].spec", claim.path("spec")));
    }
    return names;
  }

  private void settled(JsonNode spec, JsonNode before, List<FieldError> errors) {
    if (kind.equals("statefulset")) {
      if (!rest(spec).equals(rest(before))) {
        errors.add(FieldError.forbidden("spec", "updates to statefulset spec for fields other than 'replicas', "
            + "'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', "
            + "'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden"));
      }
    } else if (!spec.path("selector").equals(before.path("selector"))) {
      errors.add(FieldError.immutable("spec.selector", spec.path("selector")));
    }
  }

  private static JsonNode rest(JsonNode spec) {
    ObjectNode copy = spec.deepCopy();
    copy.remove(CHANGEABLE);
    return copy;
  }
}
