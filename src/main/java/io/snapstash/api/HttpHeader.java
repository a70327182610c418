package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Required;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A header of an HTTP request. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HttpHeader(
    @Required String name,
    @Required String value) {}
