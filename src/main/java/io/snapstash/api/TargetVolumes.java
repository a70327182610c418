package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.schema.Doc;
import io.snapstash.api.schema.Holds;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** Volumes of the application that a task works on, or claims it makes. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TargetVolumes(
    List<Volume> volumes,
    @Holds({"mountPath", "name"}) List<JsonNode> volumeMounts,
    @Doc("Claims that a restore makes. Names may hold ${POD_ORDINAL}.")
    List<VolumeClaimTemplate> volumeClaimTemplates) {}
