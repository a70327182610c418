package io.snapstash.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.snapstash.api.schema.Doc;
import io.snapstash.api.schema.Required;
import io.snapstash.api.schema.Rule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** What the hook does and who does it. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_NULL)
@Rule(
    value = "self.executor.type == 'Function' || has(self.action)",
    message = "an executor of type Pod or Operator needs an action")
public record HookTemplateSpec(
    UsagePolicy usagePolicy,
    @Doc("Inputs that the template understands.")
    List<ParameterDefinition> params,
    @Doc("What is done; one of exec, httpGet, httpPost, tcpSocket.")
    HookAction action,
    @Doc("Who does it.")
    @Required HookExecutor executor) {}
