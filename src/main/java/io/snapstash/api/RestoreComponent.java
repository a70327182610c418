package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Allowed;
import io.soabase.recordbuilder.core.RecordBuilder;

/** How one component was restored. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RestoreComponent(
    @Allowed({"Pending", "Running", "Failed", "Succeeded", "Invalid", "Unknown"}) String phase,
    String duration,
    String error,
    RestoreProgress progress) {}
