package io.snapstash.domain.blueprint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.snapstash.api.BackupConfigurationTemplate;
import io.snapstash.api.Json;
import io.snapstash.domain.naming.Names;
import io.snapstash.domain.target.Target;
import io.snapstash.domain.template.Substitution;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** A blueprint's template with the values of one object (behaviour 13.1, 13.3). */
public sealed interface BlueprintResult {
  /** The BackupConfiguration that is wanted: where, under which name (1.9), and what its spec says. */
  record Made(String namespace, String name, ObjectNode spec) implements BlueprintResult {}

  /** Somebody has to change annotations or blueprint. */
  record Refused(String reason, String message) implements BlueprintResult {}

  static BlueprintResult of(
      BackupConfigurationTemplate template, String blueprintNamespace, BlueprintRequest request, Target target) {
    Function<String, Optional<String>> variables = variables(request, target);
    ObjectNode document = Json.MAPPER.valueToTree(template);
    Set<String> unknown = chooseSessions(document, request, variables);
    if (!unknown.isEmpty()) {
      return new Refused("BlueprintSessionNotFound", "the blueprint has no session " + String.join(", ", unknown));
    }
    return switch (Substitution.of(document, variables)) {
      case Substitution.Failed failed -> new Refused("VariablesUnresolved", failed.message()
          + "; set variables by annotations such as variables.kubestash.com/"
          + failed.missing().stream().findFirst().orElse("name"));
      case Substitution.Done(JsonNode filled) -> made(filled, blueprintNamespace, target);
    };
  }

  private static Made made(JsonNode filled, String blueprintNamespace, Target target) {
    String namespace = filled.path("namespace").asText("");
    String where = namespace.isEmpty() ? blueprintNamespace : namespace;
    ObjectNode spec = JsonNodeFactory.instance.objectNode();
    spec.set("target", Json.MAPPER.valueToTree(target.reference()));
    for (String field : new String[] {"backends", "sessions"}) {
      if (!filled.path(field).isEmpty()) {
        spec.set(field, filled.path(field));
      }
    }
    return new Made(where, Names.blueprintResult(target.kind(), target.namespace(), target.name(), where), spec);
  }

  /** Annotations win over what is known anyway. */
  private static Function<String, Optional<String>> variables(BlueprintRequest request, Target target) {
    Map<String, String> values = new HashMap<>(Map.of("namespace", target.namespace(),
        "targetName", target.name(), "targetKind", target.kind()));
    values.putAll(request.variables());
    return name -> Optional.ofNullable(values.get(name));
  }

  /** Leaves the wanted sessions only, so that the others need no variables; answers those that are not there. */
  private static Set<String> chooseSessions(
      ObjectNode document, BlueprintRequest request, Function<String, Optional<String>> variables) {
    Set<String> unknown = new TreeSet<>(request.sessions());
    if (unknown.isEmpty()) {
      return unknown;
    }
    ArrayNode chosen = JsonNodeFactory.instance.arrayNode();
    for (JsonNode session : document.path("sessions")) {
      String name = session.path("name").asText("");
      String filled = Substitution.of(TextNode.valueOf(name), variables)
          instanceof Substitution.Done(JsonNode text) ? text.asText() : name;
      if (request.sessions().contains(filled)) {
        unknown.remove(filled);
        chosen.add(session);
      }
    }
    document.set("sessions", chosen);
    return unknown;
  }
}
