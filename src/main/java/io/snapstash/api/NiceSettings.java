package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** CPU priority. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NiceSettings(
    Integer adjustment) {}
