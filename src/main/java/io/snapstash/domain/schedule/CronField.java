package io.snapstash.domain.schedule;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * One of the five fields: the values it allows.
 *
 * @param any written as {@code *} or {@code ?}: such a day field leaves the choice to the other one
 */
record CronField(BitSet values, boolean any) {

  /** The five kinds of fields, with what is allowed in them. */
  enum Kind {
    MINUTE("minute", 0, 59, List.of()),
    HOUR("hour", 0, 23, List.of()),
    DAY_OF_MONTH("day of month", 1, 31, List.of()),
    MONTH("month", 1, 12,
        List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")),
    DAY_OF_WEEK("day of week", 0, 6, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat"));

    private final String title;
    private final int least;
    private final int most;
    private final List<String> names;

    Kind(String title, int least, int most, List<String> names) {
      this.title = title;
      this.least = least;
      this.most = most;
      this.names = names;
    }
  }

  boolean allows(int value) {
    return values.get(value);
  }

  static CronField parse(Kind kind, String text) {
    BitSet values = new BitSet(kind.most + 1);
    boolean any = false;
    for (String part : text.split(",")) {
      if (!part.isEmpty()) {
        any |= add(kind, part, values);
      }
    }
    return new CronField(values, any);
  }

  /** Tells whether the part stands for any value. */
  private static boolean add(Kind kind, String part, BitSet values) {
    String[] stepped = part.split("/", -1);
    String[] range = stepped[0].split("-", -1);
    if (stepped.length > 2) {
      throw new ScheduleException(kind.title + ": too many slashes in '" + part + "'");
    }
    boolean any = range[0].equals("*") || range[0].equals("?");
    if (!any && range.length > 2) {
      throw new ScheduleException(kind.title + ": too many hyphens in '" + part + "'");
    }
    int first = any ? kind.least : value(kind, range[0]);
    int last = any ? kind.most : range.length == 2 ? value(kind, range[1]) : first;
    int step = 1;
    if (stepped.length == 2) {
      step = number(kind, stepped[1]);
      last = range.length == 1 ? kind.most : last;
    }
    check(kind, part, first, last, step);
    for (int value = first; value <= last; value += step) {
      values.set(value);
    }
    return any && step == 1;
  }

  private static void check(Kind kind, String part, int first, int last, int step) {
    if (first < kind.least || last > kind.most) {
      throw new ScheduleException(
          kind.title + ": '" + part + "' is outside " + kind.least + "-" + kind.most);
    }
    if (first > last) {
      throw new ScheduleException(kind.title + ": '" + part + "' runs backwards");
    }
    if (step == 0) {
      throw new ScheduleException(kind.title + ": step 0 in '" + part + "'");
    }
  }

  private static int value(Kind kind, String text) {
    int name = kind.names.indexOf(text.toLowerCase(Locale.ROOT));
    if (name >= 0) {
      return kind.least + name;
    }
    return number(kind, text);
  }

  private static int number(Kind kind, String text) {
    String digits = text.startsWith("+") ? text.substring(1) : text;
    if (digits.isEmpty() || digits.length() > 9 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new ScheduleException(kind.title + ": '" + text + "' is no number");
    }
    return Math.min(Integer.parseInt(digits), 1_000_000);
  }
}
