package io.snapstash.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows under titles, each column as wide as its widest entry. */
final class Columns {
  private static final String GAP = "   ";
  private final List<List<String>> rows = new ArrayList<>();

  Columns(List<String> titles) {
    rows.add(titles);
  }

  void row(String... entries) {
    rows.add(List.of(entries));
  }

  boolean isEmpty() {
    return rows.size() == 1;
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int at = 0; at < row.size(); at++) {
        line.append(row.get(at)).append(" ".repeat(width(at) - row.get(at).length())).append(GAP);
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
    return out.toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
