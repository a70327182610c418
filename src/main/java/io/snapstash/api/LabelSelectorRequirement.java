package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** Operator: In, NotIn, Exists or DoesNotExist. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LabelSelectorRequirement(
    String key, String operator, List<String> values) {}
