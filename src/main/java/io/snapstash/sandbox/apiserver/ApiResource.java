package io.snapstash.sandbox.apiserver;

import java.util.List;
import java.util.Optional;

/**
 * One kind as served in one group and version.
 *
 * @param status whether the status is written through a subresource of its own
 * @param counted whether changes of the spec are counted in {@code metadata.generation}
 * @param storage name of the place its objects are kept in; views of the same objects share it
 * @param custom what its CustomResourceDefinition says; empty for a built-in kind
 */
record ApiResource(String group, String version, String plural, String singular, String kind, List<String> shortNames,
    List<String> categories, boolean namespaced, boolean status, boolean counted, String storage,
    Optional<CustomKind> custom) {

  String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** Plural with group, as in messages: {@code backupsessions.core.kubestash.com}. */
  String qualified() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  String listKind() {
    return custom.map(CustomKind::listKind).orElse(kind + "List");
  }

  boolean isBuiltin() {
    return custom.isEmpty();
  }

  boolean is(String plural) {
    return isBuiltin() && this.plural.equals(plural);
  }
}
