package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Allowed;
import io.soabase.recordbuilder.core.RecordBuilder;

/** How one hook went. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HookStatus(
    String name,
    @Allowed({"Succeeded", "Failed", "Pending"}) String phase) {}
