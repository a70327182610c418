package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Where and how to restore for a check. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RestoreOption(
    TypedObjectReference target, AddonInfo addonInfo) {}
