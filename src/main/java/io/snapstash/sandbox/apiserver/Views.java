package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** The same stored object, as another group or version shows it. Custom kinds differ in nothing but the version. */
final class Views {
  private static final Map<String, String> EVENT_FIELDS = Map.of(
      "involvedObject", "regarding", "message", "note", "reportingComponent", "reportingController",
      "source", "deprecatedSource", "firstTimestamp", "deprecatedFirstTimestamp",
      "lastTimestamp", "deprecatedLastTimestamp", "count", "deprecatedCount");

  private Views() {}

  /** The stored tree itself if it needs no change; else a copy. */
  static ObjectNode shown(ApiResource resource, ObjectNode stored) {
    if (stored.path("apiVersion").asText().equals(resource.apiVersion())) {
      return stored;
    }
    ObjectNode copy = stored.deepCopy();
    copy.put("apiVersion", resource.apiVersion());
    if (resource.group().equals("events.k8s.io")) {
      EVENT_FIELDS.forEach((core, modern) -> rename(copy, core, modern));
    }
    return copy;
  }

  /** Changes a tree that came in at the resource into what is stored. */
  static void toStored(ApiResource resource, ObjectNode shown) {
    if (resource.group().equals("events.k8s.io")) {
      shown.put("apiVersion", "v1");
      EVENT_FIELDS.forEach((core, modern) -> rename(shown, modern, core));
    }
  }

  private static void rename(ObjectNode object, String from, String to) {
    JsonNode value = object.remove(from);
    if (value != null) {
      object.set(to, value);
    }
  }
}
