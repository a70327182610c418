package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.ListType;
import io.snapstash.api.schema.MapType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/** Selects by labels; empty selects everything. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
@MapType("atomic")
public record LabelSelector(
    Map<String, String> matchLabels,
    @ListType("atomic") List<LabelSelectorRequirement> matchExpressions) {}
