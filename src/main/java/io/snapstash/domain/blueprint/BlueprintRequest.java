package io.snapstash.domain.blueprint;

import io.snapstash.api.Labels;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the annotations of an object ask for (behaviour 2.10, 13.1).
 *
 * @param name empty if only the namespace is given, which asks for nothing that can be done
 * @param sessions those of the blueprint that are wanted; none means all
 * @param variables by name, without the prefix of their annotations
 */
public record BlueprintRequest(String namespace, String name, List<String> sessions, Map<String, String> variables) {
  public BlueprintRequest {
    sessions = List.copyOf(sessions);
    variables = Map.copyOf(variables);
  }

  /** Empty for an object that names no blueprint at all. */
  public static Optional<BlueprintRequest> of(Map<String, String> annotations) {
    String namespace = annotations.getOrDefault(Labels.BLUEPRINT_NAMESPACE, "").strip();
    String name = annotations.getOrDefault(Labels.BLUEPRINT_NAME, "").strip();
    if (namespace.isEmpty() && name.isEmpty()) {
      return Optional.empty();
    }
    List<String> sessions = Arrays.stream(annotations.getOrDefault(Labels.BLUEPRINT_SESSION_NAMES, "").split(","))
        .map(String::strip).filter(session -> !session.isEmpty()).distinct().toList();
    Map<String, String> variables = new TreeMap<>();
    annotations.forEach((key, value) -> {
      if (key.startsWith(Labels.BLUEPRINT_VARIABLE_PREFIX)) {
        variables.put(key.substring(Labels.BLUEPRINT_VARIABLE_PREFIX.length()), value);
      }
    });
    return Optional.of(new BlueprintRequest(namespace, name, sessions, variables));
  }

  public boolean isComplete() {
    return !namespace.isEmpty() && !name.isEmpty();
  }

  public boolean names(String blueprintNamespace, String blueprint) {
    return namespace.equals(blueprintNamespace) && name.equals(blueprint);
  }

  /** Whether an annotation is one of those that are read here. */
  public static boolean reads(String annotation) {
    return annotation.equals(Labels.BLUEPRINT_NAME) || annotation.equals(Labels.BLUEPRINT_NAMESPACE)
        || annotation.equals(Labels.BLUEPRINT_SESSION_NAMES) || annotation.startsWith(Labels.BLUEPRINT_VARIABLE_PREFIX);
  }
}
