package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** How the retention went for one Repository. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RetentionResult(
    ObjectReference ref, String repository, String error, String phase) {}
