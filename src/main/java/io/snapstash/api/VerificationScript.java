package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** A script that checks restored data. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VerificationScript(
    String location, List<String> args) {}
