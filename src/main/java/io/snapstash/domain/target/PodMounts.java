package io.snapstash.domain.target;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the containers of a Pod see its volumes (behaviour 6.10): the first container counts, init containers last. */
final class PodMounts {
  private final List<JsonNode> containers = new ArrayList<>();

  PodMounts(JsonNode podSpec) {
    podSpec.path("containers").forEach(containers::add);
    podSpec.path("initContainers").forEach(containers::add);
  }

  Optional<String> pathOf(String volume) {
    for (JsonNode container : containers) {
      Optional<String> path = first(container.path("volumeMounts"), volume, "mountPath")
          .or(() -> first(container.path("volumeDevices"), volume, "devicePath"));
      if (path.isPresent()) {
        return path;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> first(JsonNode mounts, String volume, String field) {
    for (JsonNode mount : mounts) {
      if (mount.path("name").asText().equals(volume)) {
        return Optional.of(mount.path(field).asText());
      }
    }
    return Optional.empty();
  }
}
