package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A field selector as text; each kind allows its own few fields. */
final class FieldSelector {
  private static final Pattern TERM = Pattern.compile("([A-Za-z.]+)\\s*(==|=|!=)\\s*(.*)");
  private static final Map<String, Set<String>> FIELDS = Map.of(
      "pods", Set.of("spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName",
          "spec.hostNetwork", "status.phase", "status.podIP", "status.nominatedNodeName"),
      "nodes", Set.of("spec.unschedulable"),
      "namespaces", Set.of("status.phase"),
      "secrets", Set.of("type"),
      "jobs", Set.of("status.successful"),
      "replicasets", Set.of("status.replicas"),
      "services", Set.of("spec.clusterIP", "spec.type"),
      "events", Set.of("involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid",
          "involvedObject.apiVersion", "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason",
          "reportingComponent", "source", "type"));

  private FieldSelector() {}

  static Predicate<JsonNode> parse(ApiResource resource, String text) {
    List<Predicate<JsonNode>> terms = new ArrayList<>();
    for (String term : text.split(",")) {
      if (!term.isBlank()) {
        terms.add(term(resource, term.strip()));
      }
    }
    return object -> terms.stream().allMatch(term -> term.test(object));
  }

  private static Predicate<JsonNode> term(ApiResource resource, String text) {
    Matcher term = TERM.matcher(text);
    if (!term.matches()) {
      throw Failures.badRequest("invalid selector: '" + text + "'; can't understand '" + text + "'");
    }
    String field = term.group(1);
    boolean known = field.equals("metadata.name") || field.equals("metadata.namespace") && resource.namespaced()
        || resource.isBuiltin() && FIELDS.getOrDefault(resource.plural(), Set.of()).contains(field);
    if (!known) {
      throw Failures.badRequest("field label not supported: " + field);
    }
    boolean wanted = !term.group(2).equals("!=");
    return object -> value(object, field).equals(term.group(3)) == wanted;
  }

  private static String value(JsonNode object, String field) {
    if (field.equals("source")) {
      return object.path("source").path("component").asText("");
    }
    if (field.equals("status.successful")) {
      return Integer.toString(object.path("status").path("succeeded").asInt(0));
    }
    JsonNode node = object;
    // The second view of events is stored in the shape of the first.
    for (String part : field.split("\\.")) {
      node = node.path(part);
    }
    String fallback = field.equals("spec.unschedulable") || field.equals("spec.hostNetwork") ? "false" : "";
    return node.isMissingNode() || node.isNull() ? fallback : node.asText();
  }
}
