package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** The hooks of a run. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HookStatuses(
    List<HookStatus> preHooks, List<HookStatus> postHooks) {}
