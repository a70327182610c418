package io.snapstash.domain.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The minute for which a CronJob made a Job (behaviour 1.4): the Job's name ends in minutes since 1970. */
public final class Slots {
  /** A name that was chosen by hand may end in a number too; such a one is hardly ever close to now. */
  private static final Duration BELIEVABLE = Duration.ofHours(24);

  private Slots() {}

  /** Empty if the name tells no time within 24 hours of now. */
  public static Optional<Instant> of(String jobName, Instant now) {
    String minutes = jobName.substring(jobName.lastIndexOf('-') + 1);
    if (minutes.isEmpty() || minutes.length() > 10 || !minutes.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    Instant slot = Instant.ofEpochSecond(Long.parseLong(minutes) * 60);
    return Duration.between(slot, now).abs().compareTo(BELIEVABLE) <= 0 ? Optional.of(slot) : Optional.empty();
  }
}
