package io.snapstash.controller.volume;

import io.snapstash.storage.VolumeReport;
import java.time.Duration;
import java.util.Optional;

/** Where a piece of work on a volume stands. */
public sealed interface VolumeAnswer {
  record Done(VolumeReport report) implements VolumeAnswer {}

  /** @param look when to ask again even if no Job changes */
  record Underway(Optional<Duration> look) implements VolumeAnswer {
    /** Two who ask at the same moment may both give way, and then nothing changes: so it is asked again anyway. */
    private static final Duration IN_ANY_CASE = Duration.ofSeconds(30);

    static Underway untilChange() {
      return new Underway(Optional.of(IN_ANY_CASE));
    }
  }

  /** @param retryable whether asking again may help without anybody changing anything */
  record Failed(String message, boolean retryable) implements VolumeAnswer {}
}
