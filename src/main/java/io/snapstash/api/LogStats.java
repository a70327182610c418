package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** Written by another driver; accepted, unused. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LogStats(
    String start, String end, String lsn, Long totalFailedCount, Long totalSucceededCount,
    List<LogRange> lastFailedStats, List<LogRange> lastSucceededStats, List<LogRetention> lastLogRetentionStats) {}
