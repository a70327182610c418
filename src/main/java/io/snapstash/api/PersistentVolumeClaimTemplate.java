package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.schema.Required;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A claim to be made. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PersistentVolumeClaimTemplate(
    PartialObjectMeta metadata,
    @Required JsonNode spec) {}
