package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A volume of a task, replaceable by addonVolumes. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VolumeTemplate(
    String name, String usage, AddonVolumeSource source) {}
