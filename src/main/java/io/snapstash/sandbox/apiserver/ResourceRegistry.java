package io.snapstash.sandbox.apiserver;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Which kinds are served where. The first version of a group in the list is its preferred one. */
final class ResourceRegistry {
  private final Map<String, ApiResource> resources = new LinkedHashMap<>();

  ResourceRegistry() {
    BuiltinKinds.all().forEach(this::add);
  }

  void add(ApiResource resource) {
    resources.put(path(resource.group(), resource.version(), resource.plural()), resource);
  }

  void removeIf(Predicate<ApiResource> gone) {
    resources.values().removeIf(gone);
  }

  Optional<ApiResource> find(String group, String version, String plural) {
    return Optional.ofNullable(resources.get(path(group, version, plural)));
  }

  /** The built-in kind of that plural; there must be one. */
  ApiResource builtin(String group, String plural) {
    return find(group, "v1", plural).orElseThrow();
  }

  Collection<ApiResource> all() {
    return resources.values();
  }

  /** Versions by group, in order of preference. */
  Map<String, List<String>> groups() {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    for (ApiResource resource : resources.values()) {
      List<String> versions = groups.computeIfAbsent(resource.group(), _ -> new ArrayList<>());
      if (!versions.contains(resource.version())) {
        versions.add(resource.version());
      }
    }
    groups.values().forEach(versions -> versions.sort(VersionOrder.PREFERRED_FIRST));
    return groups;
  }

  List<ApiResource> in(String group, String version) {
    return resources.values().stream()
        .filter(resource -> resource.group().equals(group) && resource.version().equals(version)).toList();
  }

  private static String path(String group, String version, String plural) {
    return group + "/" + version + "/" + plural;
  }
}
