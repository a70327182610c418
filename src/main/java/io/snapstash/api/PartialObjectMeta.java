package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/** Metadata that survives pruning. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PartialObjectMeta(
    String name, String generateName, String namespace, Map<String, String> labels, Map<String, String> annotations,
    List<TemplateOwnerReference> ownerReferences) {}
