package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Replaces the volume template of the same name. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AddonVolume(
    String name, AddonVolumeSource source) {}
