package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * All objects under one counter of versions, and the last changes of each kind. Owned by the server's event loop.
 * Keys are {@code namespace/name}, or the name alone.
 */
final class Store {
  private static final class Shelf {
    private final NavigableMap<String, Stored> objects = new TreeMap<>();
    private final Deque<Change> history = new ArrayDeque<>();
    private long forgotten;

    private Shelf(long forgotten) {
      this.forgotten = forgotten;
    }
  }

  private final Map<String, Shelf> shelves = new HashMap<>();
  private final int kept;
  private BiConsumer<String, Change> listener = (_, _) -> { };
  private long version = 1;
  private long floor;

  Store(int kept) {
    this.kept = kept;
  }

  /** Called after every write, with the storage name. */
  void listen(BiConsumer<String, Change> listener) {
    this.listener = this.listener.andThen(listener);
  }

  static String key(String namespace, String name) {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }

  long version() {
    return version;
  }

  Optional<Stored> get(String storage, String key) {
    return Optional.ofNullable(shelf(storage).objects.get(key));
  }

  /** Everything, or everything in a namespace, in the order of keys. */
  Collection<Stored> list(String storage, String namespace) {
    return within(shelf(storage).objects, namespace).values();
  }

  /** The same as of an earlier version, or nothing if that is forgotten. */
  Optional<Collection<Stored>> listAt(String storage, String namespace, long at) {
    Shelf shelf = shelf(storage);
    if (at < shelf.forgotten) {
      return Optional.empty();
    }
    if (shelf.history.isEmpty() || shelf.history.getLast().version() <= at) {
      return Optional.of(list(storage, namespace));
    }
    NavigableMap<String, Stored> then = new TreeMap<>(shelf.objects);
    var changes = shelf.history.descendingIterator();
    while (changes.hasNext()) {
      Change change = changes.next();
      if (change.version() <= at) {
        break;
      }
      change.before().ifPresentOrElse(old -> then.put(change.key(), old), () -> then.remove(change.key()));
    }
    return Optional.of(within(then, namespace).values());
  }

  /** What happened after a version, or nothing if that is forgotten. */
  Optional<List<Change>> since(String storage, long after) {
    Shelf shelf = shelf(storage);
    if (after < shelf.forgotten) {
      return Optional.empty();
    }
    List<Change> changes = new ArrayList<>();
    var backwards = shelf.history.descendingIterator();
    while (backwards.hasNext()) {
      Change change = backwards.next();
      if (change.version() <= after) {
        break;
      }
      changes.add(change);
    }
    return Optional.of(changes.reversed());
  }

  /** Takes over the tree; the caller must not touch it again. */
  Stored put(String storage, String key, ObjectNode tree) {
    Stored stored = numbered(key, tree);
    Optional<Stored> before = Optional.ofNullable(shelf(storage).objects.put(key, stored));
    record(storage, new Change(stored.version(), key, before, Optional.of(stored), Optional.empty()));
    return stored;
  }

  /** Answers the last state, under the version of the deletion. */
  Optional<Stored> remove(String storage, String key) {
    return get(storage, key).flatMap(old -> remove(storage, key, old.tree().deepCopy()));
  }

  /** As above, when the write that removes the object also changes what is last seen of it. */
  Optional<Stored> remove(String storage, String key, ObjectNode lastState) {
    Optional<Stored> before = Optional.ofNullable(shelf(storage).objects.remove(key));
    return before.map(_ -> {
      Stored last = numbered(key, lastState);
      record(storage, new Change(last.version(), key, before, Optional.empty(), Optional.of(last)));
      return last;
    });
  }

  /** As a compaction does: only what is there now is known afterwards. */
  void forgetHistory() {
    floor = version;
    shelves.values().forEach(shelf -> {
      shelf.history.clear();
      shelf.forgotten = version;
    });
  }

  private Stored numbered(String key, ObjectNode tree) {
    version++;
    ((ObjectNode) tree.get("metadata")).put("resourceVersion", Long.toString(version));
    return new Stored(key, tree, version);
  }

  private void record(String storage, Change change) {
    Shelf shelf = shelf(storage);
    shelf.history.addLast(change);
    while (shelf.history.size() > kept) {
      shelf.forgotten = shelf.history.removeFirst().version();
    }
    listener.accept(storage, change);
  }

  private Shelf shelf(String storage) {
    return shelves.computeIfAbsent(storage, _ -> new Shelf(floor));
  }

  private static NavigableMap<String, Stored> within(NavigableMap<String, Stored> objects, String namespace) {
    return namespace.isEmpty() ? objects
        : objects.subMap(namespace + "/", true, namespace + (char) ('/' + 1), false);
  }
}
