package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** A field of a URL-encoded form. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FormEntry(
    String key, List<String> values) {}
