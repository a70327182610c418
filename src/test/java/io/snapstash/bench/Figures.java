package io.snapstash.bench;

import java.util.ArrayList;
import java.util.List;

/** What was measured, as rows of one table. */
final class Figures {
  private record Row(String figure, String measured, String aim) {
    List<String> cells() {
      return List.of(figure, measured, aim);
    }
  }

  private static final Row HEAD = new Row("Figure", "Measured", "Aim");

  private final List<Row> rows = new ArrayList<>();

  void add(String figure, String measured) {
    add(figure, measured, "");
  }

  void add(String figure, String measured, String aim) {
    rows.add(new Row(figure, measured, aim));
  }

  /** Markdown, aligned so that it can be read as it is. */
  String table() {
    int[] widths = new int[HEAD.cells().size()];
    List<Row> all = new ArrayList<>(rows);
    all.addFirst(HEAD);
    all.forEach(row -> {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.cells().get(column).length());
      }
    });
    StringBuilder text = new StringBuilder();
    for (Row row : all) {
      text.append(line(row, widths));
      if (row == HEAD) {
        for (int width : widths) {
          text.append("|").append("-".repeat(width + 2));
        }
        text.append("|\n");
      }
    }
    return text.toString();
  }

  private static String line(Row row, int[] widths) {
    StringBuilder text = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      text.append("| ").append(("%-" + widths[column] + "s").formatted(row.cells().get(column))).append(' ');
    }
    return text.append("|\n").toString();
  }
}
