package io.snapstash.domain.restore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * The data source of a claim template. The API server drops some forms silently and then binds an empty volume; those
 * are refused before anything is made (behaviour 8.6).
 *
 * @param volumeSnapshot its name, if it is a VolumeSnapshot
 */
record TemplateSource(Optional<String> volumeSnapshot) {
  private static final String GROUP = "snapshot.storage.k8s.io";
  private static final String KIND = "VolumeSnapshot";

  /** Empty if the template leaves the choice to us. */
  static Optional<TemplateSource> of(JsonNode template) {
    JsonNode source = template.at("/spec/dataSourceRef").isObject()
        ? template.at("/spec/dataSourceRef") : template.at("/spec/dataSource");
    return source.isObject() ? Optional.of(new TemplateSource(
        KIND.equals(source.path("kind").asText()) && GROUP.equals(source.path("apiGroup").asText())
        ? Optional.of(source.path("name").asText()) : Optional.empty())) : Optional.empty();
  }

  static Optional<String> refused(JsonNode template) {
    JsonNode reference = template.at("/spec/dataSourceRef");
    JsonNode source = template.at("/spec/dataSource");
    if (!reference.path("namespace").asText("").isEmpty() || !source.path("namespace").asText("").isEmpty()) {
      return Optional.of("a data source with a namespace is dropped silently and leaves an empty volume: remove it");
    }
    if (!source.isObject()) {
      return Optional.empty();
    }
    String kind = source.path("kind").asText("");
    boolean snapshot = KIND.equals(kind) && GROUP.equals(source.path("apiGroup").asText(""));
    boolean claim = "PersistentVolumeClaim".equals(kind) && source.path("apiGroup").asText("").isEmpty();
    return snapshot || claim ? Optional.empty() : Optional.of("dataSource of kind " + kind + " with apiGroup '"
        + source.path("apiGroup").asText("") + "' is dropped silently and leaves an empty volume: use a VolumeSnapshot "
        + "with apiGroup " + GROUP + ", or dataSourceRef");
  }

  static void write(ObjectNode claim, String volumeSnapshot) {
    ObjectNode spec = claim.withObject("/spec");
    spec.remove("dataSource");
    spec.putObject("dataSourceRef").put("apiGroup", GROUP).put("kind", KIND).put("name", volumeSnapshot);
  }
}
