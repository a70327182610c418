package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Keep counts per period (behaviour 9.3). */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SuccessfulSnapshots(
    Integer last, Integer hourly, Integer daily, Integer weekly, Integer monthly, Integer yearly) {}
