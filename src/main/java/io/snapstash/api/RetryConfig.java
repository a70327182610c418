package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Default;
import io.snapstash.api.schema.Doc;
import io.snapstash.api.schema.Matches;
import io.snapstash.api.schema.Minimum;
import io.soabase.recordbuilder.core.RecordBuilder;

/** How often and when a failed run is repeated. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RetryConfig(
    @Doc("How often a failed run is repeated.")
    @Default("1") @Minimum(1) Integer maxRetry,
    @Doc("Wait before a repetition, as 5m; at once if absent.")
    @Matches(Matches.DURATION) String delay) {}
