package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Keeps the Pods with that owner. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OwnerFilter(
    String apiVersion, String kind, String name, String uid, Boolean controller, Boolean blockOwnerDeletion) {}
