package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;

/** Labels and annotations to add. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TemplateMetadata(
    Map<String, String> labels, Map<String, String> annotations) {}
