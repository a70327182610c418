package io.snapstash.sandbox;

import java.util.List;
import java.util.stream.Stream;

/** The closing table: what was backed up and what came back. */
final class ResultTable {
  private static final List<String> HEAD =
      List.of("SAMPLE", "CLAIM", "VOLUMESNAPSHOT", "SNAPSHOT", "RESTORED INTO", "CONTENT");

  private ResultTable() {}

  static String of(List<SampleTour.Row> rows) {
    List<List<String>> lines = Stream.concat(Stream.of(HEAD), rows.stream().map(row -> List.of(row.sample(),
        row.claim(), row.volumeSnapshot(), row.snapshot(), row.restored(), row.content()))).toList();
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      for (int column = 0; column < HEAD.size(); column++) {
        int at = column;
        int width = lines.stream().mapToInt(each -> each.get(at).length()).max().orElse(0);
        text.append(column == HEAD.size() - 1 ? line.get(column) : pad(line.get(column), width + 2));
      }
      text.append(System.lineSeparator());
    }
    return text.toString();
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
