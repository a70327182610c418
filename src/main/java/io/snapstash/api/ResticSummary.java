package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;

/** Written by another driver; accepted, unused. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ResticSummary(
    String id, String uploaded, String hostPath, String size, Instant startTime, Instant endTime) {}
