package io.snapstash.controller;

import io.snapstash.kube.ResourceType;
import io.snapstash.kube.Selection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The namespaces in which the operator works. With names, it neither asks for nor looks at anything in others: to it,
 * they and all they hold do not exist.
 *
 * @param names empty means all
 */
public record WatchedNamespaces(Set<String> names) {
  public static final WatchedNamespaces ALL = new WatchedNamespaces(Set.of());

  public WatchedNamespaces {
    names = Set.copyOf(names);
  }

  public boolean areAll() {
    return names.isEmpty();
  }

  public boolean include(String namespace) {
    return names.isEmpty() || names.contains(namespace);
  }

  /** The names, sorted. */
  public List<String> sorted() {
    return List.copyOf(new TreeSet<>(names));
  }

  /** What to follow of a kind: the same in each of the namespaces, or these themselves; in a certain one, only that. */
  List<Selection> selections(ResourceType<?> type, Selection everywhere) {
    if (names.isEmpty() || !everywhere.namespace().isEmpty() || !type.namespaced() && !type.kind().equals("Namespace")) {
      return List.of(everywhere);
    }
    return sorted().stream()
        .map(name -> type.namespaced() ? everywhere.within(name) : Selection.one("", name)).toList();
  }
}
