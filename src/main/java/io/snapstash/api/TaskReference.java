package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.schema.Required;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** A task of an Addon with its inputs. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TaskReference(
    @Required(notEmpty = true) String name,
    List<EnvironmentVariable> variables,
    JsonNode params,
    TargetVolumes targetVolumes,
    List<AddonVolume> addonVolumes) {}
