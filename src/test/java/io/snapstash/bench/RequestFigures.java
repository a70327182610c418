package io.snapstash.bench;

import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.Given;
import io.snapstash.fixtures.OperatorWorld;
import io.snapstash.fixtures.StoryWorld;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.sandbox.Manifests;
import io.snapstash.sandbox.Programs;
import io.snapstash.sandbox.apiserver.RequestLog;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Who asks the API server for what during one backup of one claim, first runs and their one-time objects aside. */
final class RequestFigures {
  private static final int BACKUPS = 10;
  private static final String ACCOUNTS = "system:serviceaccount:";

  private RequestFigures() {}

  static void measure(Figures figures) {
    try (StoryWorld world = OperatorWorld.start()) {
      world.apply(Manifests.file("k8s/samples/00-storage.yaml"));
      world.apply(Given.claim("source"));
      world.apply(ABackup.named("b").manifests());
      world.until("first run", () -> succeeded(world) == 1);
      world.settle();
      world.server().requests().clear();
      for (int number = 1; number <= BACKUPS; number++) {
        int done = number + 1;
      // Names of VolumeSnapshots end in seconds: two runs in one second would collide.
      world.advance(Duration.ofSeconds(2));
        world.apply(Runs.manifest("run-" + number, "b"));
        world.until("run " + number, () -> succeeded(world) == done);
      }
      world.settle();
      add(figures, "by the operator", count(world, Programs.OPERATOR));
      add(figures, "by the backup Job", count(world, ACCOUNTS));
    }
  }

  private static void add(Figures figures, String by, Map<String, Long> counts) {
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    figures.add("API requests per backup of one claim, " + by, perBackup(all));
    counts.forEach((what, count) -> figures.add("- " + what, perBackup(count)));
  }

  private static String perBackup(long count) {
    return String.format(Locale.ROOT, "%.1f", (double) count / BACKUPS);
  }

  private static Map<String, Long> count(StoryWorld world, String who) {
    List<RequestLog.Entry> asked = world.server().requests().matching(entry -> entry.userAgent().startsWith(who));
    return asked.stream().collect(Collectors.groupingBy(RequestLog.Entry::what, TreeMap::new, Collectors.counting()));
  }

  private static long succeeded(StoryWorld world) {
    return world.list(ResourceTypes.BACKUP_SESSIONS).stream()
        .filter(run -> BenchWorld.isIn(run, "Succeeded")).count();
  }
}
