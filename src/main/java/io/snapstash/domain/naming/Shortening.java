package io.snapstash.domain.naming;

import java.util.regex.Pattern;

/**
 * The three ways in which names are cut to a limit (behaviour 1.1-1.3). Lengths count ASCII bytes. All are
 * deterministic, and two different inputs may give one result: whoever creates an object has to look at whose it is
 * before taking over an existing one (behaviour 1.12).
 */
public final class Shortening {
  /** Limit of label values, Jobs and most names. */
  public static final int LABEL = 63;
  /** Limit of a CronJob, whose Jobs append eleven characters. */
  public static final int CRON_JOB = 52;
  /** Limit of objects named like a DNS subdomain. */
  public static final int SUBDOMAIN = 253;

  private static final Pattern DOT_AT_CUT = Pattern.compile("[-.]*(?:-\\.|\\.-|\\.\\.)[-.]*");

  private Shortening() {}

  /** {@code a-b-c}; beyond the limit its first and last halves, joined without a mark. */
  public static String name3(String a, String b, String c, int limit) {
    String whole = a + "-" + b + "-" + c;
    if (whole.length() <= limit) {
      return trim(whole);
    }
    return trim(whole.substring(0, (limit + 1) / 2) + whole.substring(whole.length() - limit / 2));
  }

  /** {@code a-b}, the end cut off. */
  public static String prefixed(String a, String b, int limit) {
    String whole = a + "-" + b;
    return trim(whole.substring(0, Math.min(limit, whole.length())));
  }

  /** {@code a-c}, the end of {@code a} cut off. */
  public static String suffixed(String a, String c, int limit) {
    if (c.length() >= limit) {
      return trim(c.substring(c.length() - limit));
    }
    int room = limit - c.length() - 1;
    return trim(a.substring(0, Math.min(room, a.length())) + "-" + c);
  }

  /** A label value: cut to 63 characters, {@code -_.} trimmed. It serves to find, never to prove (behaviour 2.11). */
  public static String labelValue(String value) {
    return trim(value.substring(0, Math.min(LABEL, value.length())), "-_.");
  }

  /**
   * As published, and one thing more: a cut next to a dot would leave what is no name of an object ({@code a.}, {@code
   * a.-b}). Names as they are allowed never have such places, so nothing else changes.
   */
  static String trim(String text) {
    String trimmed = trim(text, "-.");
    return DOT_AT_CUT.matcher(trimmed).replaceAll(run -> "-".repeat(run.group().length()));
  }

  private static String trim(String text, String marks) {
    int start = 0;
    int end = text.length();
    while (start < end && marks.indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    while (end > start && marks.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.substring(start, end);
  }
}
