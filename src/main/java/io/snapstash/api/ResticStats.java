package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Written by another driver; accepted, unused. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ResticStats(
    ResticSummary summary, ResticProgress progress) {}
