package io.snapstash.bench;

import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.Given;
import io.snapstash.sandbox.cluster.Behaviour;
import io.snapstash.sandbox.cluster.ContainerRunner;
import io.snapstash.sandbox.cluster.InProcessRunner;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** How long the operator takes for its two parts of a run, with Jobs that take no time. */
final class LatencyFigures {
  private static final int AT_ONCE = 200;
  private static final int WARM_UP = 10;
  private static final int REPETITIONS = 50;

  private LatencyFigures() {}

  static void measure(Figures figures) {
    Behaviour noPods = Behaviour.instant().refusePods(true);
    try (BenchWorld bench = BenchWorld.start("latency", noPods,
            kubeconfig -> new JarOperator(Jar.plain(), kubeconfig, "latency-operator"), _ -> nothing());
        Runs runs = new Runs(bench, new SimulatedJob(bench.client())::run)) {
      bench.apply(Given.claim("source"));
      bench.apply(IntStream.range(0, AT_ONCE).boxed()
          .flatMap(number -> ABackup.named("b-" + number).manifests().stream()).toList());
      runs.awaitSucceeded(AT_ONCE);

      List<Runs.Latency> single = oneByOne(runs, WARM_UP + REPETITIONS).subList(WARM_UP, WARM_UP + REPETITIONS);
      figures.add("BackupSession created until Job created, 1 at a time", untilJob(single), "median < 50 ms");
      figures.add("last component done until Succeeded, 1 at a time", untilSucceeded(single), "median < 50 ms");
      List<Runs.Latency> many = allAtOnce(runs);
      figures.add("BackupSession created until Job created, 200 at once", untilJob(many));
      figures.add("last component done until Succeeded, 200 at once", untilSucceeded(many));
    }
  }

  private static ContainerRunner nothing() {
    return new InProcessRunner("snapstash/", _ -> null, Map.of());
  }

  private static List<Runs.Latency> oneByOne(Runs runs, int count) {
    List<Runs.Latency> measured = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      String run = BenchWorld.await(runs.create("b-" + number));
      runs.awaitEnd(List.of(run));
      measured.add(runs.latency(run));
    }
    return measured;
  }

  private static List<Runs.Latency> allAtOnce(Runs runs) {
    List<Future<String>> created = IntStream.range(0, AT_ONCE).mapToObj(number -> runs.create("b-" + number)).toList();
    BenchWorld.await(Future.all(created));
    List<String> names = created.stream().map(Future::result).toList();
    runs.awaitEnd(names);
    return names.stream().map(runs::latency).toList();
  }

  private static String untilJob(List<Runs.Latency> runs) {
    return Samples.millis(runs.stream().map(Runs.Latency::untilJob).toList()).medianAndP99("ms");
  }

  private static String untilSucceeded(List<Runs.Latency> runs) {
    return Samples.millis(runs.stream().map(Runs.Latency::untilSucceeded).toList()).medianAndP99("ms");
  }
}
