package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** From: All, Same or Selector. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AllowedNamespaces(
    String from, LabelSelector selector) {}
