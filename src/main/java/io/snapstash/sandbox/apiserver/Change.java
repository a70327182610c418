package io.snapstash.sandbox.apiserver;

import java.util.Optional;

/** One write: before is empty for a new object, after for one that is gone. */
record Change(long version, String key, Optional<Stored> before, Optional<Stored> after, Optional<Stored> lastState) {
  /** What is left to show: the object, or its last state under the version of its deletion. */
  Stored shown() {
    return after.or(() -> lastState).orElseThrow();
  }
}
