package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Required;
import io.soabase.recordbuilder.core.RecordBuilder;

/** An object by group, kind, namespace and name; the core group is empty or absent. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TypedObjectReference(
    String apiGroup,
    String kind,
    String namespace,
    @Required String name) {}
