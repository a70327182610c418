package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Required;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;

/** A fact about an object (api 15.2). Status is True, False or Unknown; severity stands only with False. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Condition(
    @Required String type,
    @Required String status,
    @Required Instant lastTransitionTime,
    Long observedGeneration,
    String severity,
    String reason,
    String message) {}
