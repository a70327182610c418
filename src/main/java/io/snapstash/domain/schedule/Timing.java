package io.snapstash.domain.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The rule behind a schedule. */
sealed interface Timing {
  Optional<Instant> next(Instant after, ZoneId zone);

  /** {@code @every}: so much after the last run. */
  record Every(Duration pause) implements Timing {
    @Override
    public Optional<Instant> next(Instant after, ZoneId zone) {
      return Optional.of(after.truncatedTo(ChronoUnit.SECONDS).plus(pause));
    }
  }

  /**
   * Every minute whose reading on a wall clock is allowed. So a time that a wall clock skips in spring has no run on
   * that day, and one that it shows twice in autumn has two, as with the CronJob controller.
   */
  record Fields(CronField minute, CronField hour, CronField dayOfMonth, CronField month, CronField dayOfWeek)
      implements Timing {
    /** Whoever asks for 31 February waits no longer than this. */
    private static final int YEARS = 5;

    @Override
    public Optional<Instant> next(Instant after, ZoneId zone) {
      ZonedDateTime at = after.truncatedTo(ChronoUnit.MINUTES).atZone(zone).plus(1, ChronoUnit.MINUTES);
      int lastYear = at.getYear() + YEARS;
      while (at.getYear() <= lastYear) {
        if (!month.allows(at.getMonthValue())) {
          at = at.toLocalDate().withDayOfMonth(1).plusMonths(1).atStartOfDay(zone);
        } else if (!allowsDay(at)) {
          at = at.toLocalDate().plusDays(1).atStartOfDay(zone);
        } else if (!hour.allows(at.getHour())) {
          at = at.plus(Duration.ofMinutes(60 - at.getMinute()));
        } else if (!minute.allows(at.getMinute())) {
          at = at.plus(Duration.ofMinutes(1));
        } else {
          return Optional.of(at.toInstant());
        }
      }
      return Optional.empty();
    }

    /** Both day fields count, unless each names days: then either is enough. */
    private boolean allowsDay(ZonedDateTime at) {
      boolean month = dayOfMonth.allows(at.getDayOfMonth());
      boolean week = dayOfWeek.allows(at.getDayOfWeek().getValue() % 7);
      return dayOfMonth.any() || dayOfWeek.any() ? month && week : month || week;
    }
  }
}
