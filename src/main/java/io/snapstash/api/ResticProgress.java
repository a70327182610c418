package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Written by another driver; accepted, unused. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ResticProgress(
    Long secondsElapsed, String percentDone, Long totalFiles, Long filesDone, String backupDone, String total,
    String speed) {}
