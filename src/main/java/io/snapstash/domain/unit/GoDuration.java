package io.snapstash.domain.unit;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * Durations as Go writes them: {@code 90s}, {@code 1h30m}, {@code 10.089085545s} (behaviour 3.14). At most about 292
 * years either way, as in Go.
 */
public final class GoDuration {
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

  private GoDuration() {}

  /** Empty if the text is no duration; {@code 0} needs no unit, everything else does. */
  public static Optional<Duration> parse(String text) {
    boolean negative = text.startsWith("-");
    String rest = negative || text.startsWith("+") ? text.substring(1) : text;
    if (rest.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    BigDecimal nanos = BigDecimal.ZERO;
    int at = 0;
    while (at < rest.length()) {
      int number = at;
      while (at < rest.length() && (isDigit(rest.charAt(at)) || rest.charAt(at) == '.')) {
        at++;
      }
      int unit = at;
      while (at < rest.length() && !isDigit(rest.charAt(at)) && rest.charAt(at) != '.') {
        at++;
      }
      Optional<BigDecimal> part = part(rest.substring(number, unit), rest.substring(unit, at));
      if (part.isEmpty()) {
        return Optional.empty();
      }
      nanos = nanos.add(part.get());
    }
    if (rest.isEmpty() || nanos.compareTo(MOST) > 0) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofNanos(negative ? -nanos.longValue() : nanos.longValue()));
  }

  /** Whole seconds, the rest cut off: {@code 25s}, {@code 1m5s}, {@code 1h0m0s}. For runs. */
  public static String wholeSeconds(Duration duration) {
    return format(Duration.ofSeconds(duration.getSeconds()));
  }

  /** Everything there is: {@code 10.089085545s}, {@code 1m0.5s}, {@code 250ms}. For components. */
  public static String format(Duration duration) {
    if (duration.isNegative()) {
      return "-" + format(duration.negated());
    }
    long nanos = duration.getNano();
    if (duration.getSeconds() == 0 && nanos > 0) {
      return nanos >= 1_000_000 ? decimal(nanos, 6) + "ms" : nanos >= 1_000 ? decimal(nanos, 3) + "µs" : nanos + "ns";
    }
    String seconds = decimal(duration.toSecondsPart() * 1_000_000_000L + nanos, 9) + "s";
    long hours = duration.toHours();
    if (hours > 0) {
      return hours + "h" + duration.toMinutesPart() + "m" + seconds;
    }
    return duration.toMinutesPart() > 0 ? duration.toMinutesPart() + "m" + seconds : seconds;
  }

  private static Optional<BigDecimal> part(String number, String unit) {
    long nanos = switch (unit) {
      case "ns" -> 1L;
      case "us", "µs", "μs" -> 1_000L;
      case "ms" -> 1_000_000L;
      case "s" -> 1_000_000_000L;
      case "m" -> 60_000_000_000L;
      case "h" -> 3_600_000_000_000L;
      default -> 0L;
    };
    boolean digits = number.chars().anyMatch(c -> isDigit((char) c)) && number.indexOf('.') == number.lastIndexOf('.');
    return nanos == 0 || !digits || number.length() > 40
        ? Optional.empty()
        : Optional.of(new BigDecimal(number).multiply(BigDecimal.valueOf(nanos)));
  }

  private static String decimal(long value, int places) {
    return BigDecimal.valueOf(value, places).stripTrailingZeros().toPlainString();
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
