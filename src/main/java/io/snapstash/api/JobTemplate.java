package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Settings for the trigger Jobs of a session. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobTemplate(
    Integer parallelism, Integer completions, Long activeDeadlineSeconds, Integer backoffLimit,
    PodTemplateSpec template, Integer ttlSecondsAfterFinished, String completionMode, Boolean suspend) {}
