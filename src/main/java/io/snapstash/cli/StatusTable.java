package io.snapstash.cli;

import io.snapstash.picture.Picture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** The picture for a terminal. */
final class StatusTable {
  private static final int STRIP = 10;

  private final Picture picture;
  private final boolean wide;
  private final StringBuilder out = new StringBuilder();

  private StatusTable(Picture picture, boolean wide) {
    this.picture = picture;
    this.wide = wide;
  }

  static String of(Picture picture, boolean wide) {
    StatusTable table = new StatusTable(picture, wide);
    table.headline();
    table.applications();
    table.runs();
    table.failures();
    table.openClaims();
    if (wide) {
      table.stores();
    }
    return table.out.toString();
  }

  private void headline() {
    Picture.Headline line = picture.headline();
    out.append(line.safe()).append(" of ").append(line.applications()).append(" applications protected, ")
        .append(line.late()).append(" late, ").append(line.unprotected()).append(" without backup; ")
        .append(line.failing()).append(" failing, ").append(line.running()).append(" running, ")
        .append(line.openClaims()).append(" claims without backup\n");
    if (line.oldest() != null) {
      out.append("oldest last good backup ").append(ago(line.oldest().at())).append(" (")
          .append(line.oldest().application()).append(")\n");
    }
    if (line.next() != null) {
      out.append("next run ").append(until(line.next().at())).append(" (").append(line.next().application())
          .append(")\n");
    }
  }

  private void applications() {
    Columns columns = new Columns(wide
        ? List.of("NAMESPACE", "APPLICATION", "STATE", "LAST GOOD", "GOOD UNTIL", "NEXT RUN", "LAST RUNS", "SCHEDULE",
            "CONFIGURATION")
        : List.of("NAMESPACE", "APPLICATION", "STATE", "LAST GOOD", "NEXT RUN", "LAST RUNS"));
    picture.applications().forEach(each -> {
      String name = each.kind() + "/" + each.name();
      String good = each.lastGood() == null ? "never" : ago(each.lastGood());
      String next = each.nextRun() == null ? "-" : until(each.nextRun());
      if (wide) {
        columns.row(each.namespace(), name, each.state(), good,
            each.goodUntil() == null ? "-" : each.goodUntil().toString(), next, strip(each),
            each.plans().stream().map(Picture.Plan::schedule).distinct().collect(Collectors.joining(";")),
            each.plans().stream().map(Picture.Plan::configuration).distinct().collect(Collectors.joining(",")));
      } else {
        columns.row(each.namespace(), name, each.state(), good, next, strip(each));
      }
    });
    section(columns);
  }

  /** A letter per run, oldest first: S succeeded, F failed, R running, P pending, k skipped. */
  private static String strip(Picture.Application application) {
    List<Picture.Cell> cells = application.recent();
    return cells.isEmpty() ? "-" : cells.subList(Math.max(0, cells.size() - STRIP), cells.size()).stream()
        .map(cell -> switch (cell.phase()) {
          case "Succeeded" -> "S";
          case "Failed" -> "F";
          case "Running" -> "R";
          case "Skipped" -> "k";
          default -> "P";
        }).collect(Collectors.joining());
  }

  private void runs() {
    Columns columns = new Columns(List.of("NAMESPACE", "RUN", "PHASE", "VOLUMES", "SINCE", "DEADLINE"));
    picture.runs().forEach(each -> columns.row(each.namespace(), each.kind() + "/" + each.name(), each.phase(),
        each.done() + "/" + each.total(), ago(each.since()),
        each.deadline() == null ? "-" : until(each.deadline())));
    section(columns);
  }

  private void failures() {
    picture.failures().forEach(each -> out.append("\nFAILING ").append(each.kind()).append(' ').append(each.namespace())
        .append('/').append(each.name()).append(' ').append(ago(each.since())).append("\n  ")
        .append(each.condition() == null ? "" : each.condition() + " " + each.reason() + ": ")
        .append(each.message() == null ? "no message" : each.message()).append("\n  ").append(each.command())
        .append('\n'));
  }

  private void openClaims() {
    if (!picture.openClaims().isEmpty()) {
      out.append("\nclaims without any backup: ").append(picture.openClaims().stream().map(Picture.OpenClaim::id)
          .collect(Collectors.joining(", "))).append(picture.cut().openClaims() > 0 ? ", ...\n" : "\n");
    }
  }

  private void stores() {
    Columns repositories =
        new Columns(List.of("NAMESPACE", "REPOSITORY", "PHASE", "GOOD", "FAILED", "SIZE", "STORAGE"));
    picture.repositories().forEach(each -> repositories.row(each.namespace(), each.name(), each.phase(),
        Integer.toString(each.succeeded()), Integer.toString(each.failed()), dash(each.size()), dash(each.storage())));
    section(repositories);
    Columns storages =
        new Columns(List.of("NAMESPACE", "STORAGE", "PHASE", "PROVIDER", "PLACE", "SIZE", "REPOSITORIES"));
    picture.storages().forEach(each -> storages.row(each.namespace(), each.name(), dash(each.phase()),
        dash(each.provider()), dash(each.place()), dash(each.size()), Integer.toString(each.repositories())));
    section(storages);
  }

  private void section(Columns columns) {
    if (!columns.isEmpty()) {
      out.append('\n').append(columns);
    }
  }

  private static String dash(String text) {
    return text == null || text.isEmpty() ? "-" : text;
  }

  private String ago(Instant at) {
    return span(Duration.between(at, picture.at())) + " ago";
  }

  private String until(Instant at) {
    Duration left = Duration.between(picture.at(), at);
    return left.isNegative() ? "due" : "in " + span(left);
  }

  /** As kubectl writes ages: two units for what is short, one for what is long. */
  static String span(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 120) {
      return seconds + "s";
    }
    if (seconds < 3 * 3600) {
      return seconds / 60 + "m";
    }
    return seconds < 48 * 3600 ? seconds / 3600 + "h" : seconds / 86400 + "d";
  }
}
