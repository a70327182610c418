package io.snapstash.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A kind as the API server serves it: where it lives and what its objects are read into. The core group is empty. */
public record ResourceType<T extends HasMetadata>(
    String group, String version, String plural, String kind, boolean namespaced, Class<T> type) {

  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** Names come from what users write, so none may become another path than its own. */
  String path(String namespace, String name) {
    StringBuilder path = new StringBuilder(group.isEmpty() ? "/api/" : "/apis/").append(apiVersion());
    if (namespaced && !namespace.isEmpty()) {
      path.append("/namespaces/").append(segment(namespace));
    }
    path.append('/').append(plural);
    return name.isEmpty() ? path.toString() : path.append('/').append(segment(name)).toString();
  }

  private static String segment(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * Whether an object could bear that name: the API server takes none that is {@code .} or {@code ..}, or has a slash or
   * a percent sign in it.
   */
  static boolean isPossible(String name) {
    return !name.equals(".") && !name.equals("..") && name.indexOf('/') < 0 && name.indexOf('%') < 0;
  }

  /** The same kind read as its metadata alone, for wide watches that must stay small. */
  public ResourceType<ObjectMetadata> metadataOnly() {
    return new ResourceType<>(group, version, plural, kind, namespaced, ObjectMetadata.class);
  }
}
