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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds cached objects by something other than their name, for instance the children of an owner. */
public final class Index<T extends HasMetadata> {
  private static final Logger LOG = LoggerFactory.getLogger(Index.class);

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
    valuesOf(key, object).forEach(value -> keys.computeIfAbsent(value, _ -> ConcurrentHashMap.newKeySet()).add(key));
  }

  void remove(ResourceKey key, T object) {
    valuesOf(key, object).forEach(value -> keys.computeIfPresent(value, (_, set) -> {
      set.remove(key);
      return set.isEmpty() ? null : set;
    }));
  }

  /** One object that makes no sense must not keep all others of its kind from being followed. */
  private List<String> valuesOf(ResourceKey key, T object) {
    try {
      return values.apply(object);
    } catch (RuntimeException bug) {
      LOG.error("object not indexed kind={} key={}", object.getKind(), key, bug);
      return List.of();
    }
  }
}
