package io.snapstash.sandbox.apiserver;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;

/** The formats of texts that kube-apiserver checks; any other is taken as a remark. */
final class Formats {
  private static final Pattern DURATION =
      Pattern.compile("[-+]?(\\d+(\\.\\d*)?(ns|us|µs|μs|ms|s|m|h|d|w))+|0");
  private static final Pattern UUID = Pattern.compile("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}");
  private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.|$)){4}");

  private Formats() {}

  static boolean fits(String format, String text) {
    return switch (format) {
      case "date-time" -> isDateTime(text);
      case "date" -> isDate(text);
      case "duration" -> DURATION.matcher(text).matches();
      case "uuid" -> UUID.matcher(text).matches();
      case "ipv4" -> IPV4.matcher(text).matches();
      case "byte" -> isBase64(text);
      default -> true;
    };
  }

  private static boolean isDateTime(String text) {
    try {
      DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text.toUpperCase(Locale.ROOT));
      return true;
    } catch (DateTimeException _) {
      return false;
    }
  }

  private static boolean isDate(String text) {
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeException _) {
      return false;
    }
  }

  private static boolean isBase64(String text) {
    try {
      Base64.getDecoder().decode(text);
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
