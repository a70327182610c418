package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** An application of a batch and its local name. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BatchTarget(
    String name, TypedObjectReference appRef) {}
