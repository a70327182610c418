package io.snapstash.sync;

/** Why one entry, or one file, of a storage cannot be brought into the cluster. */
final class SyncObjection extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SyncObjection(String message) {
    super(message, null, false, false);
  }
}
