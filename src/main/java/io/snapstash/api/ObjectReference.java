package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Required;
import io.soabase.recordbuilder.core.RecordBuilder;

/** An object by namespace and name; without a namespace, that of the referring object. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ObjectReference(
    String namespace,
    @Required String name) {}
