package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Who runs a hook: Function, Pod or Operator. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HookExecutor(
    String type, FunctionExecutor function, PodExecutor pod) {}
