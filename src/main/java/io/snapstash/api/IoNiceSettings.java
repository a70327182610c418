package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.soabase.recordbuilder.core.RecordBuilder;

/** I/O priority. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IoNiceSettings(
    @JsonProperty("class") Integer ioClass, Integer classData) {}
