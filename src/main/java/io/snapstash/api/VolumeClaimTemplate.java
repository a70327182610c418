package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A claim to be restored (api 15.6); its texts may hold ${…}. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VolumeClaimTemplate(
    String apiVersion, String kind, PartialObjectMeta metadata, JsonNode spec, JsonNode status) {}
