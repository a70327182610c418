package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** What the hook does and who does it. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HookTemplateSpec(
    UsagePolicy usagePolicy, List<ParameterDefinition> params, HookAction action, HookExecutor executor) {}
