package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** Written by another driver; accepted, unused. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MedusaStats(
    String backupName, List<String> backupNodes, String status, String startTime, String finishTime) {}
