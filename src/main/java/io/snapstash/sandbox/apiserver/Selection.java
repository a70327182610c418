package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Predicate;

/** Which objects of a kind a list or watch is about. */
record Selection(ApiResource resource, String namespace, Predicate<JsonNode> matches) {
  static Selection of(ApiResource resource, ApiRequest request) {
    String labels = request.parameter("labelSelector");
    String fields = request.parameter("fieldSelector");
    Predicate<JsonNode> all = labels.isBlank() ? _ -> true : LabelSelector.parse(labels);
    Predicate<JsonNode> byField = fields.isBlank() ? _ -> true : FieldSelector.parse(resource, fields);
    Predicate<JsonNode> byName = request.name().isEmpty() ? _ -> true
        : object -> Metadata.text(object, "name").equals(request.name());
    return new Selection(resource, request.namespace(), all.and(byField).and(byName));
  }

  boolean covers(Stored object) {
    return (namespace.isEmpty() || namespace.equals(Metadata.text(object.tree(), "namespace")))
        && matches.test(object.tree());
  }
}
