package io.snapstash.sync;

/** What came of synchronising one Repository of a storage. */
public sealed interface SyncOutcome {
  /** Everything that lies there is in the cluster. */
  record Complete(long snapshots) implements SyncOutcome {}

  /** Something is not; the error names it and what to do. Trying again is right: it begins where it must. */
  record Incomplete(String error) implements SyncOutcome {}
}
