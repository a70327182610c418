package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.MapType;
import io.snapstash.api.schema.Required;
import io.soabase.recordbuilder.core.RecordBuilder;

/** An owner as given in a template. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
@MapType("atomic")
public record TemplateOwnerReference(
    @Required String apiVersion,
    @Required String kind,
    @Required String name,
    @Required String uid,
    Boolean controller,
    Boolean blockOwnerDeletion) {}
