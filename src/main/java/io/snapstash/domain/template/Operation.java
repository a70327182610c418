package io.snapstash.domain.template;

import java.util.Locale;

/** What may stand behind a known name in {@code ${…}}, applied to its value (behaviour 5.4). */
final class Operation {
  private Operation() {}

  static String length(String value) {
    return Integer.toString(value.codePointCount(0, value.length()));
  }

  static String changeCase(String value, String operator) {
    int first = value.isEmpty() ? 0 : value.offsetByCodePoints(0, 1);
    return switch (operator) {
      case "^^" -> value.toUpperCase(Locale.ROOT);
      case ",," -> value.toLowerCase(Locale.ROOT);
      case "^" -> value.substring(0, first).toUpperCase(Locale.ROOT) + value.substring(first);
      default -> value.substring(0, first).toLowerCase(Locale.ROOT) + value.substring(first);
    };
  }

  /** As in a shell: a negative offset counts from the end, a negative length leaves off that much at the end. */
  static String part(String value, long offset, Long length) {
    int size = value.codePointCount(0, value.length());
    long from = offset < 0 ? size + offset : offset;
    if (from < 0 || from > size) {
      return "";
    }
    long to = length == null ? size : length < 0 ? size + length : Math.min(size, from + length);
    if (to < from) {
      return "";
    }
    return value.substring(value.offsetByCodePoints(0, (int) from), value.offsetByCodePoints(0, (int) to));
  }

  static String cut(String value, String operator, Glob pattern) {
    return switch (operator) {
      case "#" -> withoutPrefix(value, pattern.ends(value, Glob.End.NEAREST));
      case "##" -> withoutPrefix(value, pattern.ends(value, Glob.End.FARTHEST));
      case "%" -> withoutSuffix(value, pattern.ends(value, Glob.End.END_OF_TEXT), true);
      default -> withoutSuffix(value, pattern.ends(value, Glob.End.END_OF_TEXT), false);
    };
  }

  static void replace(String value, String operator, Glob pattern, String replacement, Output out) {
    switch (operator) {
      case "/#" -> {
        int end = pattern.ends(value, Glob.End.FARTHEST)[0];
        out.append(end < 0 ? value : replacement + value.substring(end));
      }
      case "/%" -> {
        int start = suffixStart(pattern.ends(value, Glob.End.END_OF_TEXT), false);
        out.append(start < 0 ? value : value.substring(0, start) + replacement);
      }
      default -> replaceInside(value, pattern, replacement, operator.equals("//"), out);
    }
  }

  private static void replaceInside(String value, Glob pattern, String replacement, boolean all, Output out) {
    int[] ends = pattern.isEmpty() ? new int[0] : pattern.ends(value, Glob.End.FARTHEST);
    int at = 0;
    boolean open = ends.length > 0;
    while (at < value.length()) {
      if (open && ends[at] > at) {
        out.append(replacement);
        at = ends[at];
        open = all;
      } else {
        out.append(value.substring(at, at + 1));
        at++;
      }
    }
  }

  private static String withoutPrefix(String value, int[] ends) {
    return ends[0] < 0 ? value : value.substring(ends[0]);
  }

  private static String withoutSuffix(String value, int[] ends, boolean shortest) {
    int start = suffixStart(ends, shortest);
    return start < 0 ? value : value.substring(0, start);
  }

  private static int suffixStart(int[] ends, boolean shortest) {
    int last = ends.length - 1;
    for (int i = 0; i <= last; i++) {
      int start = shortest ? last - i : i;
      if (ends[start] >= 0) {
        return start;
      }
    }
    return -1;
  }
}
