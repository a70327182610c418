package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.MapType;
import io.snapstash.api.schema.Required;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Keeps the Pods with that owner. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
@MapType("atomic")
public record OwnerFilter(
    @Required String apiVersion,
    @Required String kind,
    @Required String name,
    String uid,
    Boolean controller,
    Boolean blockOwnerDeletion) {}
