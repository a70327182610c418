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

  @Override
  public void beforeCreate(ObjectNode object) {
    ObjectNode spec = object.withObject("/spec");
    PodDefaults.fill(spec);
    if (!spec.has("serviceAccountName")) {
      spec.put("serviceAccountName", "default").put("serviceAccount", "default");
    }
    if (!spec.hasNonNull("enableServiceLinks")) {
      spec.put("enableServiceLinks", true);
    }
    object.putObject("status").put("phase", "Pending").put("qosClass", quality(spec));
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
