package io.snapstash.domain.unit;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Sizes for people: {@code 12.222 MiB}, {@code 512 B} (behaviour 3.14). */
public final class ByteSize {
  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");

  private ByteSize() {}

  /** A unit is used when the size is strictly greater than it. */
  public static String format(long bytes) {
    for (int i = UNITS.size() - 1; i > 0; i--) {
      long unit = 1L << (10 * i);
      if (bytes > unit) {
        return String.format(Locale.ROOT, "%.3f %s", (double) bytes / unit, UNITS.get(i));
      }
    }
    return bytes + " B";
  }

  /** Bytes, rounded; empty if the text is not a number, one space and a unit. */
  public static Optional<Long> parse(String text) {
    String[] parts = text.split(" ", -1);
    int unit = parts.length == 2 ? UNITS.indexOf(parts[1]) : -1;
    if (unit < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(Math.round(Double.parseDouble(parts[0]) * (1L << (10 * unit))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** A Kubernetes quantity such as {@code 1Gi}, {@code 500M} or {@code 1e3}; empty if the text is none. */
  public static Optional<BigDecimal> quantity(String text) {
    int end = text.length();
    while (end > 0 && Character.isLetter(text.charAt(end - 1))) {
      end--;
    }
    Optional<BigDecimal> factor = factor(text.substring(end));
    if (factor.isEmpty() || text.length() > 64) {
      return Optional.empty();
    }
    String number = text.substring(0, end);
    int exponent = Math.max(number.indexOf('e'), number.indexOf('E'));
    if (exponent >= 0 && (end < text.length() || number.length() - exponent > 4)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(number).multiply(factor.get()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<BigDecimal> factor(String suffix) {
    int binary = suffix.length() == 2 && suffix.charAt(1) == 'i' ? "KMGTPE".indexOf(suffix.charAt(0)) : -1;
    if (binary >= 0) {
      return Optional.of(BigDecimal.valueOf(1L << (10 * (binary + 1))));
    }
    return switch (suffix) {
      case "n" -> Optional.of(BigDecimal.ONE.movePointLeft(9));
      case "u" -> Optional.of(BigDecimal.ONE.movePointLeft(6));
      case "m" -> Optional.of(BigDecimal.ONE.movePointLeft(3));
      case "" -> Optional.of(BigDecimal.ONE);
      case "k" -> Optional.of(BigDecimal.ONE.movePointRight(3));
      case "M" -> Optional.of(BigDecimal.ONE.movePointRight(6));
      case "G" -> Optional.of(BigDecimal.ONE.movePointRight(9));
      case "T" -> Optional.of(BigDecimal.ONE.movePointRight(12));
      case "P" -> Optional.of(BigDecimal.ONE.movePointRight(15));
      case "E" -> Optional.of(BigDecimal.ONE.movePointRight(18));
      default -> Optional.empty();
    };
  }
}
