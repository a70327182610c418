package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** A command line, not run by a shell. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExecAction(
    List<String> command) {}
