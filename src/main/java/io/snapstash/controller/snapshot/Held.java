package io.snapstash.controller.snapshot;

import io.snapstash.engine.ResourceKey;

/** A VolumeSnapshot that a Snapshot names, seen with the question whether it may be deleted (behaviour 10.1). */
sealed interface Held {
  ResourceKey key();

  /** Ours, and nobody else needs it. */
  record Removable(ResourceKey key, String uid) implements Held {}

  /** It is not ours, or another Snapshot names it: it stays for good. */
  record Kept(ResourceKey key, String why) implements Held {}

  /** A claim is being made from it; deleting it now would lock both for ever. */
  record InUse(ResourceKey key, String claim) implements Held {}

  record Gone(ResourceKey key) implements Held {}
}
