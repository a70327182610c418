package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A header of an HTTP request. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HttpHeader(
    String name, String value) {}
