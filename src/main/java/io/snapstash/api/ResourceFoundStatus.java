package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Required;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A referred object and whether it was found. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ResourceFoundStatus(
    String apiGroup,
    String kind,
    String namespace,
    @Required String name,
    Boolean found) {}
