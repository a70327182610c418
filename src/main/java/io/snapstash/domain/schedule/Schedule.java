package io.snapstash.domain.schedule;

import io.snapstash.domain.unit.GoDuration;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/**
 * A checked schedule: exactly what a CronJob takes, and in addition a leading {@code CRON_TZ=Zone} or {@code TZ=Zone},
 * which a CronJob refuses and which becomes its {@code timeZone} here.
 */
public final class Schedule {
  /** Names of the old kind, which a Java runtime knows by other means or not at all. */
  private static final Set<String> FIXED = Set.of("EST", "MST", "HST");

  private final String expression;
  private final String timeZone;
  private final Timing timing;

  private Schedule(String expression, String timeZone, Timing timing) {
    this.expression = expression;
    this.timeZone = timeZone;
    this.timing = timing;
  }

  /** The outcome of reading a text; reading it again helps only after somebody changed it. */
  public sealed interface Reading {
    /** A schedule that the cluster will accept. */
    record Accepted(Schedule schedule) implements Reading {}

    /** What is wrong, without naming the field. */
    record Refused(String reason) implements Reading {}
  }

  /** Reads the text of {@code scheduler.schedule}. */
  public static Reading read(String text) {
    try {
      String rest = text;
      String zone = "";
      if (text.startsWith("CRON_TZ=") || text.startsWith("TZ=")) {
        int space = text.indexOf(' ');
        if (space < 0) {
          throw new ScheduleException("a time zone and no schedule");
        }
        zone = zone(text.substring(text.indexOf('=') + 1, space));
        rest = text.substring(space).strip();
      }
      return new Reading.Accepted(new Schedule(rest, zone, timing(rest)));
    } catch (ScheduleException e) {
      return new Reading.Refused(e.getMessage());
    }
  }

  /** What goes into {@code spec.schedule} of a CronJob. */
  public String expression() {
    return expression;
  }

  /** What goes into {@code spec.timeZone} of a CronJob. */
  public Optional<String> timeZone() {
    return timeZone.isEmpty() ? Optional.empty() : Optional.of(timeZone);
  }

  /**
   * The first run later than this instant; empty if there is none within five years. For {@code @every} the instant
   * has to be the last run or, before that, the creation of the CronJob. Without a time zone the clock of the cluster
   * counts, which is taken to show UTC.
   */
  public Optional<Instant> next(Instant after) {
    return timing.next(after, timeZone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(timeZone, ZoneId.SHORT_IDS));
  }

  /** Whether {@code spec.timeZone} of a CronJob may be this: an IANA name, in the very letters. */
  public static boolean isTimeZone(String name) {
    return FIXED.contains(name) || !name.startsWith("SystemV/") && ZoneId.getAvailableZoneIds().contains(name);
  }

  private static String zone(String name) {
    if (!isTimeZone(name)) {
      throw new ScheduleException("unknown time zone '" + name + "'");
    }
    return name;
  }

  private static Timing timing(String text) {
    if (text.startsWith("@")) {
      return macro(text);
    }
    String[] fields = text.strip().split("\\s+");
    if (fields.length != 5 || text.isBlank()) {
      throw new ScheduleException("a schedule has five fields, or is a word such as @daily");
    }
    return new Timing.Fields(
        CronField.parse(CronField.Kind.MINUTE, fields[0]),
        CronField.parse(CronField.Kind.HOUR, fields[1]),
        CronField.parse(CronField.Kind.DAY_OF_MONTH, fields[2]),
        CronField.parse(CronField.Kind.MONTH, fields[3]),
        CronField.parse(CronField.Kind.DAY_OF_WEEK, fields[4]));
  }

  private static Timing macro(String text) {
    return switch (text) {
      case "@yearly", "@annually" -> timing("0 0 1 1 *");
      case "@monthly" -> timing("0 0 1 * *");
      case "@weekly" -> timing("0 0 * * 0");
      case "@daily", "@midnight" -> timing("0 0 * * *");
      case "@hourly" -> timing("0 * * * *");
      default -> every(text);
    };
  }

  private static Timing every(String text) {
    String prefix = "@every ";
    Optional<Duration> pause = text.startsWith(prefix)
        ? GoDuration.parse(text.substring(prefix.length())) : Optional.empty();
    if (pause.isEmpty()) {
      throw new ScheduleException("unknown schedule '" + text + "'");
    }
    Duration whole = pause.get().truncatedTo(ChronoUnit.SECONDS);
    return new Timing.Every(whole.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : whole);
  }
}
