package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.domain.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Schedules in five fields or a macro, time zones by their IANA name, and Jobs that come to an end. */
final class CronJobRules implements KindRules {
  private static final List<String> POLICIES = List.of("Allow", "Forbid", "Replace");
  private static final List<String> NOT_NEGATIVE =
      List.of("startingDeadlineSeconds", "successfulJobsHistoryLimit", "failedJobsHistoryLimit");
  private static final int KEPT_SUCCESSFUL = 3;
  private static final int KEPT_FAILED = 1;

  @Override
  public void beforeCreate(ObjectNode object) {
    fill(object.withObject("/spec"));
    object.putObject("status");
  }

  @Override
  public void beforeUpdate(ObjectNode object, ObjectNode old) {
    fill(object.withObject("/spec"));
  }

  private static void fill(ObjectNode spec) {
    PodDefaults.text(spec, "concurrencyPolicy", "Allow");
    if (!spec.hasNonNull("suspend")) {
      spec.put("suspend", false);
    }
    PodDefaults.number(spec, "successfulJobsHistoryLimit", KEPT_SUCCESSFUL);
    PodDefaults.number(spec, "failedJobsHistoryLimit", KEPT_FAILED);
    ObjectNode template = spec.withObject("/jobTemplate");
    template.withObject("/metadata");
    PodDefaults.fillTemplate(template.withObject("/spec"));
  }

  @Override
  public List<FieldError> check(ObjectNode object, Optional<ObjectNode> old) {
    JsonNode spec = object.path("spec");
    List<FieldError> errors = new ArrayList<>();
    schedule(spec.path("schedule"), errors);
    if (spec.hasNonNull("timeZone")) {
      zone(spec.path("timeZone"), errors);
    }
    if (!POLICIES.contains(spec.path("concurrencyPolicy").asText())) {
      errors.add(FieldError.unsupported("spec.concurrencyPolicy", spec.path("concurrencyPolicy"), POLICIES));
    }
    JobRules.notNegative("spec", spec, NOT_NEGATIVE, errors);
    jobTemplate(spec.at("/jobTemplate/spec"), errors);
    return errors;
  }

  private static void schedule(JsonNode schedule, List<FieldError> errors) {
    String text = schedule.asText("");
    String field = "spec.schedule";
    if (text.isEmpty()) {
      errors.add(FieldError.required(field, ""));
    } else if (text.contains("TZ")) {
      errors.add(FieldError.invalid(field, schedule,
          "cannot use TZ or CRON_TZ in schedule, use timeZone field instead"));
    } else if (Schedule.read(text) instanceof Schedule.Reading.Refused(String reason)) {
      errors.add(FieldError.invalid(field, schedule, reason));
    }
  }

  private static void zone(JsonNode zone, List<FieldError> errors) {
    String name = zone.asText();
    String field = "spec.timeZone";
    if (name.isEmpty()) {
      errors.add(FieldError.invalid(field, zone, "timeZone must be nil or non-empty string"));
    } else if (name.equalsIgnoreCase("Local")) {
      errors.add(FieldError.invalid(field, zone,
          "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones"));
    } else if (!Schedule.isTimeZone(name)) {
      errors.add(FieldError.invalid(field, zone, "unknown time zone " + name));
    }
  }

  private static void jobTemplate(JsonNode spec, List<FieldError> errors) {
    String path = "spec.jobTemplate.spec";
    errors.addAll(JobRules.numbers(path, spec));
    errors.addAll(PodChecks.endingTemplate(path + ".template", spec.path("template")));
    if (spec.hasNonNull("selector")) {
      errors.add(FieldError.invalid(path + ".selector", spec.path("selector"), "`selector` will be auto-generated"));
    }
    if (spec.path("manualSelector").asBoolean()) {
      errors.add(FieldError.unsupported(path + ".manualSelector", spec.path("manualSelector"),
          List.of("nil", "false")));
    }
  }
}
