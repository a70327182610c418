package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.ListType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** A command line, not run by a shell. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExecAction(
    @ListType("atomic") List<String> command) {}
