package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What the status of a Job may say: an end comes in two steps, with its times, and is never taken back. */
final class JobStatusRules {
  private static final List<String> FINAL = List.of("Complete", "Failed", "SuccessCriteriaMet", "FailureTarget");

  private final JsonNode now;
  private final JsonNode before;
  private final List<FieldError> errors = new ArrayList<>();

  private JobStatusRules(JsonNode now, JsonNode before) {
    this.now = now;
    this.before = before;
  }

  static List<FieldError> check(JsonNode job, JsonNode old) {
    JobStatusRules rules = new JobStatusRules(job.path("status"), old.path("status"));
    if (!rules.now.equals(rules.before)) {
      rules.conditions();
      rules.times(job.at("/spec/suspend").asBoolean() || old.at("/spec/suspend").asBoolean());
    }
    return rules.errors;
  }

  private void conditions() {
    if (has(now, "Complete") && !has(now, "SuccessCriteriaMet")) {
      errors.add(FieldError.invalid("status.conditions", now.path("conditions"),
          "cannot set Complete=True condition without the SuccessCriteriaMet=true condition"));
    }
    if (has(now, "Failed") && !has(now, "FailureTarget")) {
      errors.add(FieldError.invalid("status.conditions", now.path("conditions"),
          "cannot set Failed=True condition without the FailureTarget=true condition"));
    }
    if (has(now, "Complete") && has(now, "Failed")) {
      errors.add(FieldError.invalid("status.conditions", now.path("conditions"),
          "cannot set Complete=True and Failed=true conditions"));
    }
    for (String type : FINAL) {
      if (has(before, type) && !has(now, type)) {
        errors.add(FieldError.invalid("status.conditions", now.path("conditions"),
            "cannot disable the terminal " + type + "=True condition"));
      }
    }
  }

  private void times(boolean suspended) {
    boolean finished = has(now, "Complete") || has(now, "Failed");
    if (finished && !now.hasNonNull("startTime")) {
      errors.add(FieldError.required("status.startTime", "startTime is required for finished job"));
    }
    if (has(now, "Complete") && !now.hasNonNull("completionTime")) {
      errors.add(FieldError.required("status.completionTime", "completionTime is required for Complete jobs"));
    }
    if (!has(now, "Complete") && now.hasNonNull("completionTime")) {
      errors.add(FieldError.invalid("status.completionTime", now.path("completionTime"),
          "cannot set completionTime when there is no Complete=True condition"));
    }
    boolean restarted = before.hasNonNull("startTime") && !before.path("startTime").equals(now.path("startTime"));
    if (restarted && !suspended) {
      errors.add(FieldError.invalid("status.startTime", now.path("startTime"),
          "field is immutable for unsuspended job once set"));
    }
    if (now.path("active").asInt() > 0 && finished) {
      errors.add(FieldError.invalid("status.active", now.path("active"), "active>0 is invalid for finished job"));
    }
  }

  private static boolean has(JsonNode status, String type) {
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asText().equals(type) && condition.path("status").asText().equals("True")) {
        return true;
      }
    }
    return false;
  }
}
