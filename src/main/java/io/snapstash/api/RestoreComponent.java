package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** How one component was restored. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RestoreComponent(
    String phase, String duration, String error, RestoreProgress progress) {}
