package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Settings for a Job, its Pod and main container (api 15.5). */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PodTemplateSpec(
    TemplateMetadata metadata, TemplateMetadata controller, PodTemplateSettings spec) {}
