package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with the spec of a Pod or of a Pod template: the mistakes that a manifest is likely to have. */
final class PodChecks {
  private static final List<String> POLICIES = List.of("Always", "OnFailure", "Never");
  private static final List<String> ENDING = List.of("OnFailure", "Never");

  private final String path;
  private final JsonNode spec;
  private final List<FieldError> errors = new ArrayList<>();

  private final Set<String> volumes;

  private PodChecks(String path, JsonNode spec, Set<String> volumes) {
    this.path = path;
    this.spec = spec;
    this.volumes = new HashSet<>(volumes);
  }

  static List<FieldError> spec(String path, JsonNode spec) {
    return spec(path, spec, Set.of());
  }

  private static List<FieldError> spec(String path, JsonNode spec, Set<String> volumes) {
    PodChecks checks = new PodChecks(path, spec, volumes);
    checks.run();
    return checks.errors;
  }

  /** Of something that runs to its end. */
  static List<FieldError> endingTemplate(String path, JsonNode template) {
    List<FieldError> errors = template(path, template, Set.of());
    JsonNode policy = template.at("/spec/restartPolicy");
    String field = path + ".spec.restartPolicy";
    if (policy.asText("Always").equals("Always")) {
      errors.add(FieldError.required(field, "valid values: \"OnFailure\", \"Never\""));
    } else if (!ENDING.contains(policy.asText())) {
      errors.add(FieldError.unsupported(field, policy, ENDING));
    }
    return errors;
  }

  /**
   * Of something that runs for ever, and finds its Pods by their labels.
   *
   * @param claims volumes that are not in the template, because every Pod has its own
   */
  static List<FieldError> lastingTemplate(String path, JsonNode template, JsonNode selector, Set<String> claims) {
    List<FieldError> errors = new ArrayList<>();
    JsonNode labels = template.at("/metadata/labels");
    if (!LabelSelector.structured(selector).test(labels)) {
      errors.add(mismatch(path, labels));
    }
    errors.addAll(template(path, template, claims));
    JsonNode policy = template.at("/spec/restartPolicy");
    if (POLICIES.contains(policy.asText()) && !policy.asText().equals("Always")) {
      errors.add(FieldError.unsupported(path + ".spec.restartPolicy", policy, List.of("Always")));
    }
    return errors;
  }

  static FieldError mismatch(String templatePath, JsonNode labels) {
    return FieldError.invalid(templatePath + ".metadata.labels", labels,
        "`selector` does not match template `labels`");
  }

  private static List<FieldError> template(String path, JsonNode template, Set<String> claims) {
    List<FieldError> errors = new ArrayList<>(NameRules.labels(path + ".labels", template.at("/metadata/labels")));
    errors.addAll(spec(path + ".spec", template.path("spec"), claims));
    return errors;
  }

  private void run() {
    for (int at = 0; at < spec.path("volumes").size(); at++) {
      named(path + ".volumes[" + at + "].name", spec.path("volumes").get(at).path("name"), volumes);
    }
    if (spec.path("containers").isEmpty()) {
      errors.add(FieldError.required(path + ".containers", ""));
    }
    Set<String> names = new HashSet<>();
    containers("containers", names);
    containers("initContainers", names);
    JsonNode policy = spec.path("restartPolicy");
    if (!POLICIES.contains(policy.asText("Always"))) {
      errors.add(FieldError.unsupported(path + ".restartPolicy", policy, POLICIES));
    }
  }

  private void containers(String list, Set<String> names) {
    for (int at = 0; at < spec.path(list).size(); at++) {
      JsonNode container = spec.path(list).get(at);
      String place = path + "." + list + "[" + at + "]";
      named(place + ".name", container.path("name"), names);
      if (container.path("image").asText("").isEmpty()) {
        errors.add(FieldError.required(place + ".image", ""));
      }
      mounts(place, container, "volumeMounts");
      mounts(place, container, "volumeDevices");
    }
  }

  private void mounts(String place, JsonNode container, String list) {
    for (int at = 0; at < container.path(list).size(); at++) {
      JsonNode name = container.path(list).get(at).path("name");
      if (!volumes.contains(name.asText(""))) {
        errors.add(FieldError.notFound(place + "." + list + "[" + at + "].name", TextNode.valueOf(name.asText(""))));
      }
    }
  }

  private void named(String field, JsonNode name, Set<String> taken) {
    if (name.asText("").isEmpty()) {
      errors.add(FieldError.required(field, ""));
      return;
    }
    errors.addAll(NameRules.label(field, name.asText()));
    if (!taken.add(name.asText())) {
      errors.add(FieldError.duplicate(field, name));
    }
  }
}
