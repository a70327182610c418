package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Allowed;
import io.snapstash.api.schema.Required;
import io.snapstash.api.schema.Rule;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Who runs a hook: Function, Pod or Operator. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
@Rule(value = "self.type != 'Function' || has(self.__function__)", message = "an executor of type Function needs function")
@Rule(
    value = "self.type != 'Pod' || (has(self.pod) && has(self.pod.selector) && self.pod.selector != '')",
    message = "an executor of type Pod needs pod.selector")
public record HookExecutor(
    @Required @Allowed({"Function", "Pod", "Operator"}) String type,
    FunctionExecutor function,
    PodExecutor pod) {}
