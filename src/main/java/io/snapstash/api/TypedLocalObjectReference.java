package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** An object of the same namespace. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TypedLocalObjectReference(
    String apiGroup, String kind, String name) {}
