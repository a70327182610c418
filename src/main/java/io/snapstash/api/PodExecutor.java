package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A hook that runs in Pods of the application. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PodExecutor(
    String selector, OwnerFilter owner, String strategy) {}
