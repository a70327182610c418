package io.snapstash.kube;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** One page of a list. An empty continue token says that it was the last. */
record Page<T>(List<T> items, PageMetadata metadata) {
  record PageMetadata(String resourceVersion, @JsonProperty("continue") String continueToken) {}

  Page {
    items = items == null ? List.of() : List.copyOf(items);
    metadata = metadata == null ? new PageMetadata("", "") : metadata;
  }

  boolean last() {
    return metadata.continueToken() == null || metadata.continueToken().isEmpty();
  }
}
