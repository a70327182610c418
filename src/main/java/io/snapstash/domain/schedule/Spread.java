package io.snapstash.domain.schedule;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.CRC32;

/**
 * Many schedules name the same minute. Their runs begin one after another within a bounded time, each always at the same
 * distance from its slot.
 */
public final class Spread {
  private Spread() {}

  /**
   * How long a run is still to wait; zero when its turn has come.
   *
   * @param schedule what tells this schedule from others
   * @param most the longest distance from the slot
   */
  public static Duration wait(String schedule, Instant slot, Duration most, Instant now) {
    CRC32 hash = new CRC32();
    hash.update(schedule.getBytes(StandardCharsets.UTF_8));
    Duration own = Duration.ofMillis(most.toMillis() * hash.getValue() >>> Integer.SIZE);
    Duration left = Duration.between(now, slot.plus(own));
    return left.isNegative() ? Duration.ZERO : left;
  }
}
