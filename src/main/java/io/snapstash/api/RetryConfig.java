package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Default;
import io.snapstash.api.schema.Matches;
import io.snapstash.api.schema.Minimum;
import io.soabase.recordbuilder.core.RecordBuilder;

/** How often and when a failed run is repeated. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RetryConfig(
    @Default("1") @Minimum(1) Integer maxRetry,
    @Matches(Matches.DURATION) String delay) {}
