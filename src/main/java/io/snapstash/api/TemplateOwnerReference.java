package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** An owner as given in a template. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TemplateOwnerReference(
    String apiVersion, String kind, String name, String uid, Boolean controller, Boolean blockOwnerDeletion) {}
