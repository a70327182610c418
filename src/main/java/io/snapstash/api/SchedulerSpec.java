package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Doc;
import io.snapstash.api.schema.Limit;
import io.snapstash.api.schema.Matches;
import io.snapstash.api.schema.Required;
import io.soabase.recordbuilder.core.RecordBuilder;

/** When a session runs; the schedule is a cron text. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SchedulerSpec(
    @Doc("Cron expression, as a CronJob takes it.")
    @Required @Limit(256) @Matches(Matches.CRON) String schedule,
    Long startingDeadlineSeconds,
    String concurrencyPolicy,
    @Doc("No scheduled runs while this is true.")
    Boolean suspend,
    @Required JobTemplate jobTemplate,
    Integer successfulJobsHistoryLimit,
    Integer failedJobsHistoryLimit) {}
