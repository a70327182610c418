package io.snapstash.domain.template;

import java.util.ArrayList;
import java.util.List;

/**
 * A shell pattern: {@code *}, {@code ?}, {@code [a-z]}, {@code [!a-z]} and {@code \} before a literal. All matches of
 * a text are found in one walk from its end to its beginning that costs length of text times length of pattern,
 * whatever the pattern: nobody can stall the operator with one.
 */
final class Glob {
  private static final int NONE = -1;
  private static final long MOST_STEPS = 20_000_000;

  /** Which of several possible ends of a match is wanted. */
  enum End { NEAREST, FARTHEST, END_OF_TEXT }

  private sealed interface Piece {
    boolean matches(char c);

    record Literal(char wanted) implements Piece {
      @Override
      public boolean matches(char c) {
        return c == wanted;
      }
    }

    record Any() implements Piece {
      @Override
      public boolean matches(char c) {
        return true;
      }
    }

    record Run() implements Piece {
      @Override
      public boolean matches(char c) {
        return true;
      }
    }

    record OneOf(String ranges, boolean negated) implements Piece {
      @Override
      public boolean matches(char c) {
        for (int i = 0; i < ranges.length(); i += 2) {
          if (c >= ranges.charAt(i) && c <= ranges.charAt(i + 1)) {
            return !negated;
          }
        }
        return negated;
      }
    }
  }

  private final List<Piece> pieces = new ArrayList<>();

  Glob(String pattern) {
    int i = 0;
    while (i < pattern.length()) {
      char c = pattern.charAt(i);
      int close = c == '[' ? closing(pattern, i) : NONE;
      if (c == '\\' && i + 1 < pattern.length()) {
        pieces.add(new Piece.Literal(pattern.charAt(i + 1)));
        i += 2;
      } else if (close > 0) {
        pieces.add(set(pattern.substring(i + 1, close)));
        i = close + 1;
      } else {
        pieces.add(switch (c) {
          case '*' -> new Piece.Run();
          case '?' -> new Piece.Any();
          default -> new Piece.Literal(c);
        });
        i++;
      }
    }
  }

  boolean isEmpty() {
    return pieces.isEmpty();
  }

  /** For every start in the text, its length included, the end of the match that begins there, or -1. */
  int[] ends(String text, End wanted) {
    if ((long) (text.length() + 1) * (pieces.size() + 1) > MOST_STEPS) {
      throw new TemplateException("pattern of " + pieces.size() + " characters on a text of " + text.length()
          + " is too expensive");
    }
    int[] result = new int[text.length() + 1];
    int[] next = null;
    for (int at = text.length(); at >= 0; at--) {
      int[] row = new int[pieces.size() + 1];
      row[pieces.size()] = wanted == End.END_OF_TEXT && at < text.length() ? NONE : at;
      for (int i = pieces.size() - 1; i >= 0; i--) {
        row[i] = end(i, row, next, at < text.length() ? text.charAt(at) : 0, wanted);
      }
      result[at] = row[0];
      next = row;
    }
    return result;
  }

  private int end(int i, int[] row, int[] next, char c, End wanted) {
    Piece piece = pieces.get(i);
    if (piece instanceof Piece.Run) {
      return better(row[i + 1], next == null ? NONE : next[i], wanted);
    }
    return next != null && piece.matches(c) ? next[i + 1] : NONE;
  }

  private static int better(int one, int other, End wanted) {
    if (one == NONE || other == NONE) {
      return Math.max(one, other);
    }
    return wanted == End.NEAREST ? Math.min(one, other) : Math.max(one, other);
  }

  private static int closing(String pattern, int open) {
    int first = open + 1;
    if (first < pattern.length() && (pattern.charAt(first) == '!' || pattern.charAt(first) == '^')) {
      first++;
    }
    return pattern.indexOf(']', first + 1);
  }

  private static Piece set(String inside) {
    boolean negated = inside.startsWith("!") || inside.startsWith("^");
    String members = negated ? inside.substring(1) : inside;
    StringBuilder ranges = new StringBuilder();
    for (int i = 0; i < members.length(); i++) {
      char from = members.charAt(i);
      boolean range = i + 2 < members.length() && members.charAt(i + 1) == '-';
      ranges.append(from).append(range ? members.charAt(i + 2) : from);
      i += range ? 2 : 0;
    }
    return new Piece.OneOf(ranges.toString(), negated);
  }
}
