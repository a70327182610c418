package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** A task: which Function does it, and how. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AddonTask(
    String name, String function, String driver, String executor, Boolean singleton,
    List<ParameterDefinition> parameters, List<VolumeTemplate> volumeTemplate, List<JsonNode> volumeMounts) {}
