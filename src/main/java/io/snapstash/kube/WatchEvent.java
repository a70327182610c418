package io.snapstash.kube;

/** One line of a watch. */
public sealed interface WatchEvent<T> {
  /** Added or modified: the difference must not matter to anybody. */
  record Present<T>(T object) implements WatchEvent<T> {}

  /** Deleted, or no longer selected; the last state that was seen. */
  record Gone<T>(T object) implements WatchEvent<T> {}

  /** Nothing changed up to this version. */
  record Bookmark<T>(String resourceVersion) implements WatchEvent<T> {}
}
