package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.ListType;
import io.snapstash.api.schema.Required;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** Operator: In, NotIn, Exists or DoesNotExist. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LabelSelectorRequirement(
    @Required String key,
    @Required String operator,
    @ListType("atomic") List<String> values) {}
