package io.snapstash.domain.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.EnvironmentVariable;
import io.snapstash.api.ParameterDefinition;
import io.snapstash.api.TaskReference;
import io.snapstash.domain.Absent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The values of a task, the strongest one of each name (behaviour 5.7, 5.8): built-ins, params, variables, defaults of
 * the Addon. What comes from a Secret or ConfigMap is never read: it becomes environment of the container, and its
 * name stands for {@code $(name)}, which the kubelet resolves.
 *
 * @param environment for the container, only of variables that no stronger value hides
 * @param missing required parameters without a value, in the order of the Addon
 */
public record TaskVariables(Map<String, String> values, List<ObjectNode> environment, List<String> missing) {
  public TaskVariables {
    values = Map.copyOf(values);
    environment = List.copyOf(environment);
    missing = List.copyOf(missing);
  }

  public static TaskVariables of(
      Map<String, String> builtIns, TaskReference reference, List<ParameterDefinition> parameters) {
    Map<String, String> values = new HashMap<>(builtIns);
    List<ObjectNode> environment = new ArrayList<>();
    Absent.tree(reference.params()).properties().forEach(
        field -> plain(field.getValue()).ifPresent(text -> values.putIfAbsent(field.getKey(), text)));
    for (EnvironmentVariable variable : Absent.list(reference.variables())) {
      JsonNode source = Absent.tree(variable.valueFrom());
      if (source.isMissingNode()) {
        values.putIfAbsent(variable.name(), Absent.text(variable.value()));
      } else if (values.putIfAbsent(variable.name(), "$(" + variable.name() + ")") == null) {
        environment.add(JsonNodeFactory.instance.objectNode()
            .put("name", variable.name()).set("valueFrom", source.deepCopy()));
      }
    }
    List<String> missing = new ArrayList<>();
    for (ParameterDefinition parameter : Absent.list(parameters)) {
      if (parameter.defaultValue() != null && !parameter.defaultValue().isEmpty()) {
        values.putIfAbsent(parameter.name(), parameter.defaultValue());
      } else if (Boolean.TRUE.equals(parameter.required()) && !values.containsKey(parameter.name())) {
        missing.add(parameter.name());
      }
    }
    return new TaskVariables(values, environment, missing);
  }

  /** The look-up that {@link Substitution} wants. */
  public Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The same values and one more, stronger than all. */
  public TaskVariables with(String name, String value) {
    Map<String, String> more = new HashMap<>(values);
    more.put(name, value);
    return new TaskVariables(more, environment, missing);
  }

  private static Optional<String> plain(JsonNode node) {
    if (node.isNull()) {
      return Optional.empty();
    }
    if (node.isArray()) {
      return Optional.of(StreamSupport.stream(node.spliterator(), false)
          .map(item -> plain(item).orElse("")).collect(Collectors.joining(",")));
    }
    return Optional.of(node.isObject() ? node.toString() : node.asText());
  }
}
