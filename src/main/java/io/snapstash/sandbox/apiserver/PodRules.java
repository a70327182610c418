package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A Pod begins Pending, in the name of some account, and hardly anything of its spec can be changed. */
final class PodRules implements KindRules {
  private static final List<String> CHANGEABLE =
      List.of("activeDeadlineSeconds", "tolerations", "terminationGracePeriodSeconds");

  private final Store store;
  private final ApiResource pods;
  private final ApiResource accounts;

  PodRules(Store store, ResourceRegistry registry) {
    this.store = store;
    this.pods = registry.builtin("", "pods");
    this.accounts = registry.builtin("", "serviceaccounts");
  }

  @Override
  public void beforeCreate(ObjectNode object) {
    ObjectNode spec = object.withObject("/spec");
    PodDefaults.fill(spec);
    if (!spec.has("serviceAccountName")) {
      spec.put("serviceAccountName", "default").put("serviceAccount", "default");
    }
    refuseUnknownAccount(object, spec.path("serviceAccountName").asText());
    if (!spec.hasNonNull("enableServiceLinks")) {
      spec.put("enableServiceLinks", true);
    }
    object.putObject("status").put("phase", "Pending").put("qosClass", quality(spec));
  }

  private void refuseUnknownAccount(ObjectNode pod, String account) {
    String namespace = Metadata.text(pod, "namespace");
    if (store.get(accounts.storage(), Store.key(namespace, account)).isEmpty()) {
      throw Failures.forbidden(pods, Metadata.text(pod, "name"), "error looking up service account " + namespace + "/"
          + account + ": serviceaccount \"" + account + "\" not found");
    }
  }

  @Override
  public void beforeUpdate(ObjectNode object, ObjectNode old) {
    PodDefaults.fill(object.withObject("/spec"));
  }

  private static String quality(JsonNode spec) {
    boolean some = false;
    boolean all = true;
    for (JsonNode container : spec.path("containers")) {
      JsonNode resources = container.path("resources");
      some |= !resources.path("limits").isEmpty() || !resources.path("requests").isEmpty();
      all &= resources.path("limits").has("cpu") && resources.path("limits").has("memory")
          && resources.path("limits").equals(resources.path("requests"));
    }
    return !some ? "BestEffort" : all ? "Guaranteed" : "Burstable";
  }

  @Override
  public List<FieldError> check(ObjectNode object, Optional<ObjectNode> old) {
    List<FieldError> errors = new ArrayList<>(PodChecks.spec("spec", object.path("spec")));
    old.filter(before -> !settled(before).equals(settled(object)))
        .ifPresent(_ -> errors.add(FieldError.forbidden("spec", "pod updates may not change fields other than "
            + "`spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
            + "`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` "
            + "(allow it to be set to 1 if it was previously negative)")));
    return errors;
  }

  /** The spec without what may change. */
  private static ObjectNode settled(ObjectNode pod) {
    ObjectNode spec = pod.withObject("/spec").deepCopy();
    spec.remove(CHANGEABLE);
    for (String list : List.of("containers", "initContainers")) {
      PodDefaults.each(spec.path(list), container -> container.remove("image"));
    }
    return spec;
  }
}
