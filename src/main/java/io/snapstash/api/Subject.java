package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A kind that a blueprint watches. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Subject(
    String apiVersion, String kind) {}
