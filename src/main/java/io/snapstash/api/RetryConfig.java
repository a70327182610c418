package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** How often and when a failed run is repeated. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RetryConfig(
    Integer maxRetry, String delay) {}
