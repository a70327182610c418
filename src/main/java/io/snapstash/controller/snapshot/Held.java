package io.snapstash.controller.snapshot;

import io.snapstash.controller.Effect;
import io.snapstash.engine.ResourceKey;
import java.time.Instant;
import java.util.List;

/** A VolumeSnapshot behind a Snapshot, seen with the question whether it may be deleted (behaviour 10.1). */
sealed interface Held {
  ResourceKey key();

  /** Whether something is still to happen to it; until then the file stays and tells of it. */
  default boolean isOpen() {
    return switch (this) {
      case Removable _, Awaited _, Going _ -> true;
      case Kept _, Gone _, Unseen _ -> false;
    };
  }

  /** Ours, and nobody else needs it: what is to be done, in order. */
  record Removable(ResourceKey key, List<Effect> effects) implements Held {
    public Removable {
      effects = List.copyOf(effects);
    }
  }

  /** It is not ours, or another Snapshot names it: it stays for good. */
  record Kept(ResourceKey key, String why) implements Held {}

  /** Something has to end first: a claim is being made from it, or the run that makes it still goes on. */
  record Awaited(ResourceKey key, String why) implements Held {}

  /** Deleted, and not gone yet: its driver, or somebody's finalizer, takes its time. */
  record Going(ResourceKey key, Instant since) implements Held {}

  record Gone(ResourceKey key) implements Held {}

  /**
   * Never seen in this cluster, which knows only from the catalogue what it stood for. That is no proof that the
   * driver's snapshot is ours to free.
   */
  record Unseen(ResourceKey key, String driver, String handle) implements Held {}
}
