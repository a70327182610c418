package io.snapstash.domain.gotemplate;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Go's way to describe a form of time: the way in which 2006-01-02 15:04:05 -0700 would be written. Times are UTC. */
final class Layout {
  private static final Map<String, String> FORMS = Map.ofEntries(Map.entry("January", "MMMM"),
      Map.entry("Jan", "MMM"), Map.entry("Monday", "EEEE"), Map.entry("Mon", "EEE"), Map.entry("2006", "uuuu"),
      Map.entry("06", "uu"), Map.entry("01", "MM"), Map.entry("02", "dd"), Map.entry("15", "HH"),
      Map.entry("03", "hh"), Map.entry("04", "mm"), Map.entry("05", "ss"), Map.entry("PM", "a"),
      Map.entry("MST", "'UTC'"), Map.entry("Z07:00", "'Z'"), Map.entry("-07:00", "'+00:00'"),
      Map.entry("-0700", "'+0000'"), Map.entry(".000", ".SSS"), Map.entry("1", "M"), Map.entry("2", "d"),
      Map.entry("3", "h"));
  private static final Pattern FORM = Pattern.compile(Stream.of("January", "Jan", "Monday", "Mon", "2006", "Z07:00",
      "-07:00", "-0700", ".000", "MST", "PM", "06", "01", "02", "15", "03", "04", "05", "1", "2", "3")
      .map(Pattern::quote).collect(Collectors.joining("|")));

  private Layout() {}

  static String format(String layout, Instant instant) {
    ZonedDateTime time = instant.atZone(ZoneOffset.UTC);
    Matcher form = FORM.matcher(layout);
    return form.replaceAll(found -> Matcher.quoteReplacement(
        DateTimeFormatter.ofPattern(FORMS.get(found.group()), Locale.ENGLISH).format(time)));
  }
}
