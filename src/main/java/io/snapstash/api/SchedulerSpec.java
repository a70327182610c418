package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** When a session runs; the schedule is a cron text. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SchedulerSpec(
    String schedule, Long startingDeadlineSeconds, String concurrencyPolicy, Boolean suspend,
    JobTemplate jobTemplate, Integer successfulJobsHistoryLimit, Integer failedJobsHistoryLimit) {}
