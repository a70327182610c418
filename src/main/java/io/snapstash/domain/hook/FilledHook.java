package io.snapstash.domain.hook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.EnvironmentVariable;
import io.snapstash.api.ExecAction;
import io.snapstash.api.HookAction;
import io.snapstash.api.HookActionBuilder;
import io.snapstash.api.HookExecutor;
import io.snapstash.api.HookInfo;
import io.snapstash.api.HookTemplateSpec;
import io.snapstash.api.HttpPostActionBuilder;
import io.snapstash.api.Json;
import io.snapstash.api.TaskReference;
import io.snapstash.domain.Absent;
import io.snapstash.domain.gotemplate.GoTemplate;
import io.snapstash.domain.gotemplate.GoTemplateException;
import io.snapstash.domain.gotemplate.Struct;
import io.snapstash.domain.template.Substitution;
import io.snapstash.domain.template.TaskVariables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A HookTemplate with the values of one hook filled in (behaviour 11.7, 11.8).
 *
 * @param action what is done; null for a Function
 * @param variables the values, for a Function
 * @param secrets values that must not be shown
 */
public record FilledHook(HookAction action, HookExecutor executor, TaskVariables variables, List<String> secrets) {
  /** Not to be filled in; the message is for the author of hook or template. */
  public static final class Unfit extends Exception {
    private static final long serialVersionUID = 1L;

    Unfit(String message) {
      super(message, null, false, false);
    }
  }

  public FilledHook {
    secrets = List.copyOf(secrets);
  }

  /** @param builtIns values that the run provides; they win over params of the same name */
  public static FilledHook of(HookTemplateSpec template, HookInfo hook, Map<String, String> builtIns, Struct summary,
      Instant now) throws Unfit {
    TaskVariables variables = variables(template, hook, builtIns);
    if (!variables.missing().isEmpty()) {
      throw new Unfit("no value for the required parameters " + String.join(", ", variables.missing()));
    }
    HookExecutor executor = template.executor();
    if (executor == null || executor.type() == null) {
      throw new Unfit("the HookTemplate names no executor");
    }
    boolean function = "Function".equals(executor.type());
    if (!function && !variables.environment().isEmpty()) {
      throw new Unfit("variables with valueFrom are for executors of type Function: a value of a Secret or ConfigMap"
          + " reaches a container, never a command line or a request");
    }
    ObjectNode document = Json.MAPPER.createObjectNode();
    document.set("action", Json.MAPPER.valueToTree(template.action()));
    document.set("executor", Json.MAPPER.valueToTree(executor));
    JsonNode filled = switch (Substitution.ofKnown(document, variables::value)) {
      case Substitution.Failed failed -> throw new Unfit(failed.message());
      case Substitution.Done(JsonNode done) -> done;
    };
    try {
      HookAction action = Json.MAPPER.treeToValue(filled.get("action"), HookAction.class);
      HookExecutor known = Json.MAPPER.treeToValue(filled.get("executor"), HookExecutor.class);
      if (action == null && !function) {
        throw new Unfit("the HookTemplate has no action");
      }
      return new FilledHook(action == null ? null : rendered(action, summary, now), known, variables,
          secrets(variables, builtIns, action));
    } catch (JsonProcessingException broken) {
      throw new Unfit("the HookTemplate makes no sense any more with its values: " + broken.getOriginalMessage());
    }
  }

  private static TaskVariables variables(HookTemplateSpec template, HookInfo hook, Map<String, String> builtIns)
      throws Unfit {
    List<EnvironmentVariable> given = new ArrayList<>();
    try {
      for (JsonNode variable : Absent.list(hook.variables())) {
        given.add(Json.MAPPER.treeToValue(variable, EnvironmentVariable.class));
      }
    } catch (JsonProcessingException broken) {
      throw new Unfit("variables: " + broken.getOriginalMessage());
    }
    return TaskVariables.of(builtIns, new TaskReference("hook", given, hook.params(), null, null), template.params());
  }

  private static HookAction rendered(HookAction action, Struct summary, Instant now) throws Unfit {
    try {
      HookActionBuilder result = HookActionBuilder.builder(action);
      if (action.exec() != null) {
        result.exec(new ExecAction(Absent.list(action.exec().command()).stream()
            .map(word -> rendered(word, summary, now)).toList()));
      }
      if (action.httpPost() != null && action.httpPost().body() != null) {
        result.httpPost(HttpPostActionBuilder.builder(action.httpPost())
            .body(rendered(action.httpPost().body(), summary, now)).build());
      }
      return result.build();
    } catch (GoTemplateException wrong) {
      throw new Unfit("template: " + wrong.getMessage());
    }
  }

  private static String rendered(String text, Struct summary, Instant now) {
    return GoTemplate.isTemplate(text) ? GoTemplate.parse(text).render(summary, now) : text;
  }

  private static List<String> secrets(TaskVariables variables, Map<String, String> builtIns, HookAction action) {
    List<String> secrets = new ArrayList<>();
    variables.values().forEach((name, value) -> {
      if (!builtIns.containsKey(name) && Masking.isSensitive(name)) {
        secrets.add(value);
      }
    });
    if (action != null && action.httpGet() != null) {
      Absent.list(action.httpGet().httpHeaders()).stream().filter(header -> Masking.isSensitive(header.name()))
          .forEach(header -> secrets.add(header.value()));
    }
    if (action != null && action.httpPost() != null) {
      Absent.list(action.httpPost().httpHeaders()).stream().filter(header -> Masking.isSensitive(header.name()))
          .forEach(header -> secrets.add(header.value()));
    }
    return secrets;
  }
}
