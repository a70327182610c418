package io.snapstash.rules;

import io.snapstash.rules.RuleReport.Outcome;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** What has come of the tests of one run so far. The suite runs in several processes, which share one file. */
final class Outcomes {
  private static final String RUN = "run";
  private static final Path TARGET = Path.of("target");

  private Outcomes() {}

  /** Adds to the file, which begins anew with every run, and writes the report of all that is in it. */
  static synchronized void add(Map<String, Outcome> outcomes) throws IOException {
    Files.createDirectories(TARGET);
    Path file = TARGET.resolve("rules.outcomes");
    try (FileChannel gate = FileChannel.open(TARGET.resolve("rules.lock"), StandardOpenOption.CREATE,
        StandardOpenOption.WRITE); FileLock _ = gate.lock()) {
      Properties all = read(file);
      outcomes.forEach((test, outcome) -> all.merge(test, outcome.name(), (one, other) ->
          Outcome.valueOf(one.toString()).and(Outcome.valueOf(other.toString())).name()));
      try (var out = Files.newOutputStream(file)) {
        all.store(out, null);
      }
      report(all);
    }
  }

  private static Properties read(Path file) throws IOException {
    String run = System.getProperty("rules.run", "");
    Properties all = new Properties();
    if (Files.exists(file)) {
      try (var in = Files.newInputStream(file)) {
        all.load(in);
      }
    }
    if (!run.equals(all.getProperty(RUN))) {
      all.clear();
      all.setProperty(RUN, run);
    }
    return all;
  }

  private static void report(Properties all) throws IOException {
    Map<String, Outcome> outcomes = new TreeMap<>();
    all.stringPropertyNames().stream().filter(name -> !name.equals(RUN))
        .forEach(name -> outcomes.put(name, Outcome.valueOf(all.getProperty(name))));
    RuleReport report = new RuleReport(RuleBook.read(), RuleTests.find(), outcomes);
    Files.writeString(TARGET.resolve("rules.md"), report.markdown());
    Files.writeString(TARGET.resolve("rules.json"), report.json());
  }
}
