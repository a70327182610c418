package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** The RetentionPolicy of a backend. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RetentionRefStatus(
    ObjectReference ref, Boolean found, String reason) {}
