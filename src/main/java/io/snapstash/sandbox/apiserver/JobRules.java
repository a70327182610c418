package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Job finds its Pods by a selector that the server makes from its uid, so a name longer than a label value is
 * refused; and what it runs cannot be changed.
 */
final class JobRules implements KindRules {
  private static final int BACKOFF_LIMIT = 6;
  private static final String UID_LABEL = "batch.kubernetes.io/controller-uid";
  private static final List<String> NOT_NEGATIVE = List.of("parallelism", "completions", "activeDeadlineSeconds",
      "backoffLimit", "ttlSecondsAfterFinished", "backoffLimitPerIndex", "maxFailedIndexes");
  private static final List<String> MODES = List.of("NonIndexed", "Indexed");
  private static final List<String> REPLACEMENTS = List.of("Failed", "TerminatingOrFailed");
  private static final List<String> IMMUTABLE = List.of("completionMode", "podFailurePolicy", "backoffLimitPerIndex",
      "managedBy", "successPolicy");

  @Override
  public void beforeCreate(ObjectNode object) {
    ObjectNode spec = object.withObject("/spec");
    JsonNode given = spec.at("/template/metadata/labels").deepCopy();
    fill(spec);
    if (!spec.path("manualSelector").asBoolean()) {
      select(object, spec);
    }
    if (object.path("metadata").path("labels").isEmpty()) {
      JsonNode labels = given.isEmpty() ? spec.at("/template/metadata/labels") : given;
      if (!labels.isEmpty()) {
        Metadata.of(object).set("labels", labels.deepCopy());
      }
    }
    object.putObject("status");
  }

  @Override
  public void beforeUpdate(ObjectNode object, ObjectNode old) {
    fill(object.withObject("/spec"));
  }

  private static void fill(ObjectNode spec) {
    if (!spec.hasNonNull("parallelism") && !spec.hasNonNull("completions")) {
      spec.put("completions", 1);
    }
    PodDefaults.number(spec, "parallelism", 1);
    boolean perIndex = spec.hasNonNull("backoffLimitPerIndex");
    PodDefaults.number(spec, "backoffLimit", perIndex ? Integer.MAX_VALUE : BACKOFF_LIMIT);
    for (String flag : List.of("suspend", "manualSelector")) {
      if (!spec.hasNonNull(flag)) {
        spec.put(flag, false);
      }
    }
    PodDefaults.text(spec, "completionMode", "NonIndexed");
    boolean ruled = spec.hasNonNull("podFailurePolicy");
    PodDefaults.text(spec, "podReplacementPolicy", ruled ? "Failed" : "TerminatingOrFailed");
    for (JsonNode rule : spec.at("/podFailurePolicy/rules")) {
      PodDefaults.each(rule.path("onPodConditions"), pattern -> PodDefaults.text(pattern, "status", "True"));
    }
    PodDefaults.fillTemplate(spec);
  }

  private static void select(ObjectNode job, ObjectNode spec) {
    String uid = Metadata.text(job, "uid");
    spec.withObject("/selector").withObject("/matchLabels").put(UID_LABEL, uid);
    ObjectNode labels = spec.withObject("/template").withObject("/metadata").withObject("/labels");
    labelsOf(job).forEach((key, value) -> PodDefaults.text(labels, key, value));
  }

  private static Map<String, String> labelsOf(JsonNode job) {
    String uid = Metadata.text(job, "uid");
    String name = Metadata.text(job, "name");
    return Map.of(UID_LABEL, uid, "batch.kubernetes.io/job-name", name, "controller-uid", uid, "job-name", name);
  }

  @Override
  public List<FieldError> check(ObjectNode object, Optional<ObjectNode> old) {
    JsonNode spec = object.path("spec");
    List<FieldError> errors = new ArrayList<>(numbers("spec", spec));
    oneOf(spec, "completionMode", MODES, errors);
    oneOf(spec, "podReplacementPolicy", spec.hasNonNull("podFailurePolicy") ? List.of("Failed") : REPLACEMENTS, errors);
    selector(object, spec, errors);
    errors.addAll(PodChecks.endingTemplate("spec.template", spec.path("template")));
    old.ifPresent(before -> {
      settled(spec, before.path("spec"), errors);
      errors.addAll(JobStatusRules.check(object, before));
    });
    return errors;
  }

  static List<FieldError> numbers(String path, JsonNode spec) {
    List<FieldError> errors = new ArrayList<>();
    notNegative(path, spec, NOT_NEGATIVE, errors);
    return errors;
  }

  static void notNegative(String path, JsonNode spec, List<String> fields, List<FieldError> errors) {
    for (String field : fields) {
      if (spec.path(field).asLong() < 0) {
        errors.add(FieldError.invalid(path + "." + field, spec.path(field), "must be greater than or equal to 0"));
      }
    }
  }

  private static void oneOf(JsonNode spec, String field, List<String> allowed, List<FieldError> errors) {
    if (!allowed.contains(spec.path(field).asText())) {
      errors.add(FieldError.unsupported("spec." + field, spec.path(field), allowed));
    }
  }

  private static void selector(JsonNode job, JsonNode spec, List<FieldError> errors) {
    JsonNode selector = spec.path("selector");
    JsonNode labels = spec.at("/template/metadata/labels");
    if (!selector.isObject()) {
      errors.add(FieldError.required("spec.selector", ""));
    }
    if (!spec.path("manualSelector").asBoolean() && selector.isObject()) {
      generated(job, selector, labels, errors);
    }
    if (!LabelSelector.structured(selector).test(labels)) {
      errors.add(PodChecks.mismatch("spec.template", labels));
    }
  }

  /** Both the selector and the labels it looks for are the server's, unless the Job says that it has its own. */
  private static void generated(JsonNode job, JsonNode selector, JsonNode labels, List<FieldError> errors) {
    labelsOf(job).forEach((key, value) -> {
      if (!labels.path(key).asText("").equals(value)) {
        errors.add(FieldError.invalid("spec.template.metadata.labels[" + key + "]", labels, "must be '" + value + "'"));
      }
    });
    JsonNode expected = Json.MAPPER.createObjectNode()
        .set("matchLabels", Json.MAPPER.createObjectNode().put(UID_LABEL, Metadata.text(job, "uid")));
    if (!selector.equals(expected)) {
      errors.add(FieldError.invalid("spec.selector", selector, "`selector` not auto-generated"));
    }
  }

  private static void settled(JsonNode spec, JsonNode before, List<FieldError> errors) {
    boolean elastic = spec.path("completionMode").asText().equals("Indexed")
        && spec.path("completions").equals(spec.path("parallelism"));
    if (!elastic) {
      same(spec, before, "completions", errors);
    }
    same(spec, before, "selector", errors);
    IMMUTABLE.forEach(field -> same(spec, before, field, errors));
    same(spec, before, "template", errors);
  }

  private static void same(JsonNode spec, JsonNode before, String field, List<FieldError> errors) {
    if (!spec.path(field).equals(before.path(field))) {
      errors.add(FieldError.immutable("spec." + field, spec.path(field)));
    }
  }
}
