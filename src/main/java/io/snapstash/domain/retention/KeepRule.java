package io.snapstash.domain.retention;

import io.snapstash.api.SuccessfulSnapshots;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** One of the six counters (behaviour 9.3): keeps the newest Snapshot of each of so many periods, in UTC. */
final class KeepRule {
  private final String name;
  private final ToLongFunction<Instant> period;
  private int left;
  private boolean used;
  private long lastPeriod;

  private KeepRule(String name, int count, ToLongFunction<Instant> period) {
    this.name = name;
    this.left = count;
    this.period = period;
  }

  /** Those that are switched on, in the order in which they name the reason. */
  static List<KeepRule> of(SuccessfulSnapshots counts) {
    List<KeepRule> rules = new ArrayList<>();
    add(rules, "hourly", counts.hourly(), time -> Math.floorDiv(time.getEpochSecond(), 3600L));
    add(rules, "daily", counts.daily(), KeepRule::day);
    // Day 0 was a Thursday and an ISO week begins on Monday.
    add(rules, "weekly", counts.weekly(), time -> Math.floorDiv(day(time) + 3, 7L));
    add(rules, "monthly", counts.monthly(), time -> date(time).getYear() * 12L + date(time).getMonthValue());
    add(rules, "yearly", counts.yearly(), time -> date(time).getYear());
    return rules;
  }

  private static void add(List<KeepRule> rules, String name, Integer count, ToLongFunction<Instant> period) {
    if (count != null && count > 0) {
      rules.add(new KeepRule(name, count, period));
    }
  }

  private static long day(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), 24 * 3600L);
  }

  private static LocalDate date(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  String name() {
    return name;
  }

  /** To be asked of each Snapshot once, newest first. */
  boolean keeps(Instant time) {
    if (left == 0) {
      return false;
    }
    long current = period.applyAsLong(time);
    if (used && current == lastPeriod) {
      return false;
    }
    used = true;
    lastPeriod = current;
    left--;
    return true;
  }
}
