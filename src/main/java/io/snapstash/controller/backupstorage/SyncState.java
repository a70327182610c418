package io.snapstash.controller.backupstorage;

import java.time.Instant;

/** Where the synchronisation of one Repository stands, as far as this process knows. */
sealed interface SyncState {
  /** Its turn has not come, or it is at work. */
  record Running(long seen) implements SyncState {}

  record Done() implements SyncState {}

  /** @param again when it is tried again */
  record Failed(String error, Instant again) implements SyncState {}
}
