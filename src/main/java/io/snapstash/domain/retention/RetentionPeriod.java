package io.snapstash.domain.retention;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of {@code maxRetentionPeriod}: {@code 1y6mo}, {@code 2w}, {@code 30d} (behaviour 9.1). */
public final class RetentionPeriod {
  private static final Map<String, Long> MINUTES = Map.of(
      "y", 365L * 24 * 60, "mo", 30L * 24 * 60, "w", 7L * 24 * 60, "d", 24L * 60, "h", 60L, "m", 1L);
  private static final Pattern PART = Pattern.compile("(\\d{1,9})(y|mo|w|d|h|m)");

  private RetentionPeriod() {}

  /**
   * Empty if the text is no period or is negative. A period of zero is no limit. A unit that comes twice counts as it
   * stands last.
   */
  public static Optional<Duration> parse(String text) {
    String rest = text.strip();
    boolean negative = rest.startsWith("-");
    Matcher parts = PART.matcher(negative ? rest.substring(1) : rest);
    Map<String, Long> minutes = new HashMap<>();
    int end = 0;
    while (parts.find() && parts.start() == end) {
      minutes.put(parts.group(2), Long.parseLong(parts.group(1)) * MINUTES.get(parts.group(2)));
      end = parts.end();
    }
    long total = minutes.values().stream().mapToLong(Long::longValue).sum();
    boolean whole = end == rest.length() - (negative ? 1 : 0);
    return whole && !(negative && (total > 0 || end == 0)) ? Optional.of(Duration.ofMinutes(total)) : Optional.empty();
  }
}
