package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.schema.Doc;
import io.snapstash.api.schema.Required;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** A task of an Addon with its inputs. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TaskReference(
    @Doc("Name of the task in the Addon.")
    @Required(notEmpty = true) String name,
    List<EnvironmentVariable> variables,
    @Doc("Inputs of the task.")
    JsonNode params,
    TargetVolumes targetVolumes,
    List<AddonVolume> addonVolumes) {}
