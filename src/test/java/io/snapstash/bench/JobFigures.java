package io.snapstash.bench;

import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.Given;
import io.snapstash.sandbox.cluster.Behaviour;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** What a backup Job of one claim costs as a process, with a CSI driver that takes no time. */
final class JobFigures {
  private static final int WARM_UP = 2;
  private static final int REPETITIONS = 7;
  private static final String GO = "as Go: 0.3 s, 0.1 s, 84 MB";

  private JobFigures() {}

  static void measure(Figures figures) {
    AtomicReference<MeasuredRunner> runner = new AtomicReference<>();
    try (BenchWorld bench = BenchWorld.start("job", Behaviour.instant(),
            kubeconfig -> new JarOperator(Jar.plain(), kubeconfig, "job-operator"), kubeconfig -> {
              runner.set(new MeasuredRunner(Jar.plain(), kubeconfig));
              return runner.get();
            });
        Runs runs = new Runs(bench, _ -> { })) {
      bench.apply(Given.claim("source"));
      bench.apply(ABackup.named("b-0").manifests());
      runs.awaitSucceeded(1);
      runner.get().take();
      figures.add("backup of one claim as a process, without AOT cache", costs(runs, runner.get()));
      runner.get().use(Jar.trained());
      figures.add("backup of one claim as a process, with AOT cache", costs(runs, runner.get()), GO);
    }
  }

  private static String costs(Runs runs, MeasuredRunner runner) {
    List<Cost> costs = new ArrayList<>();
    for (int number = 0; number < WARM_UP + REPETITIONS; number++) {
      runs.awaitEnd(List.of(BenchWorld.await(runs.create("b-0"))));
      costs.add(runner.take());
    }
    return Cost.median(costs.subList(WARM_UP, costs.size()));
  }
}
