package io.snapstash.kube;

import io.snapstash.engine.ResourceKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Finds cached objects by something other than their name, for instance the children of an owner. */
public final class Index<T extends HasMetadata> {
  private final Function<T, List<String>> values;
  private final Function<ResourceKey, Optional<T>> lookup;
  private final Map<String, Set<ResourceKey>> keys = new ConcurrentHashMap<>();

  Index(Function<T, List<String>> values, Function<ResourceKey, Optional<T>> lookup) {
    this.values = values;
    this.lookup = lookup;
  }

  /** The objects with that value, ordered by namespace and name. */
  public List<T> get(String value) {
    List<ResourceKey> found = new ArrayList<>(keys.getOrDefault(value, Set.of()));
    found.sort(null);
    return found.stream().map(lookup).flatMap(Optional::stream).toList();
  }

  void add(ResourceKey key, T object) {
    values.apply(object).forEach(value -> keys.computeIfAbsent(value, _ -> ConcurrentHashMap.newKeySet()).add(key));
  }

  void remove(ResourceKey key, T object) {
    values.apply(object).forEach(value -> keys.computeIfPresent(value, (_, set) -> {
      set.remove(key);
      return set.isEmpty() ? null : set;
    }));
  }
}
