package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Which namespaces may refer to an object. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UsagePolicy(
    AllowedNamespaces allowedNamespaces) {}
