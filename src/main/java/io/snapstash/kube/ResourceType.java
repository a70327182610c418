package io.snapstash.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** A kind as the API server serves it: where it lives and what its objects are read into. The core group is empty. */
public record ResourceType<T extends HasMetadata>(
    String group, String version, String plural, String kind, boolean namespaced, Class<T> type) {

  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  String path(String namespace, String name) {
    StringBuilder path = new StringBuilder(group.isEmpty() ? "/api/" : "/apis/").append(apiVersion());
    if (namespaced && !namespace.isEmpty()) {
      path.append("/namespaces/").append(namespace);
    }
    path.append('/').append(plural);
    return name.isEmpty() ? path.toString() : path.append('/').append(name).toString();
  }

  /** The same kind read as its metadata alone, for wide watches that must stay small. */
  public ResourceType<ObjectMetadata> metadataOnly() {
    return new ResourceType<>(group, version, plural, kind, namespaced, ObjectMetadata.class);
  }
}
