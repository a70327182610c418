package io.snapstash.sandbox;

import io.snapstash.engine.SystemTime;
import io.snapstash.engine.Time;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

/**
 * The front door: a whole cluster in one process, the samples taken through it, and a table of what came of them.
 * Exit code 0 if every sample succeeded, 65 if not, 64 for wrong usage.
 */
public final class SandboxCommand {
  private static final int DONE = 0;
  private static final int WRONG_USAGE = 64;
  private static final int FAILED = 65;
  private static final Path FOLDER = Path.of("target", "sandbox");

  private final PrintStream out;
  private final PrintStream err;

  public SandboxCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Blocks until the samples are done or, without {@code --once}, until the process is stopped. */
  public int run(List<String> arguments) throws InterruptedException {
    SandboxOptions options;
    try {
      options = SandboxOptions.parse(arguments);
    } catch (IllegalArgumentException wrong) {
      err.println(wrong.getMessage());
      err.print(SandboxOptions.USAGE);
      return WRONG_USAGE;
    }
    if (options.help()) {
      out.print(SandboxOptions.USAGE);
      return DONE;
    }
    Vertx vertx = Vertx.vertx();
    Time time = new SystemTime();
    Terminal terminal = new Terminal(out, time, Terminal.isInteractive());
    try {
      SandboxSetup.Lasting lasting = get(SandboxSetup.Lasting.start(vertx));
      try {
        return options.drill() ? drill(vertx, time, terminal, lasting,
            options.local() ? Drill.Catalogue.onNfs() : Drill.Catalogue.inBucket()) : show(options, terminal,
            SandboxSetup.start(vertx, time, options.kubeconfig(), FOLDER, lasting, Map.of()));
      } finally {
        lasting.close();
      }
    } catch (ExecutionException failure) {
      err.println("The sandbox did not start: " + messageOf(failure));
      return FAILED;
    } finally {
      vertx.close();
    }
  }

  private int show(SandboxOptions options, Terminal terminal, Future<SandboxSetup> starting)
      throws InterruptedException {
    terminal.line("sandbox", "starting");
    SandboxSetup setup;
    try {
      setup = get(starting);
    } catch (ExecutionException failure) {
      err.println("The sandbox did not start: " + messageOf(failure));
      return FAILED;
    }
    terminal.line("sandbox", "API server at " + setup.url() + ", kubeconfig " + setup.kubeconfig());
    terminal.line("sandbox", "the operator's page is at " + setup.page());
    boolean good = tour(setup.world(), terminal);
    if (!options.once()) {
      hint(terminal, setup);
      new CountDownLatch(1).await();
    }
    setup.close();
    return good ? DONE : FAILED;
  }

  private int drill(Vertx vertx, Time time, Terminal terminal, SandboxSetup.Lasting lasting,
      Drill.Catalogue catalogue)
      throws InterruptedException {
    try {
      List<SampleTour.Row> rows = get(new Drill(vertx, time, terminal, lasting, FOLDER, catalogue).run());
      terminal.text("");
      terminal.text(ResultTable.of(rows));
      return rows.stream().allMatch(row -> row.content().equals("as before")) ? DONE : FAILED;
    } catch (ExecutionException failure) {
      terminal.text("FAILED  " + messageOf(failure));
      return FAILED;
    }
  }

  private boolean tour(World world, Terminal terminal) throws InterruptedException {
    List<Sample> samples = Sample.all();
    samples.forEach(sample -> terminal.expect(SampleTour.STEPS + (sample.bySchedule() ? 1 : 0)));
    Future<Void> storage = world.apply(Manifests.file("k8s/samples/00-storage.yaml"));
    List<Future<List<SampleTour.Row>>> tours = samples.stream()
        .map(sample -> storage.compose(_ -> new SampleTour(world, terminal, sample).run())).toList();
    List<SampleTour.Row> rows = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    for (int at = 0; at < samples.size(); at++) {
      try {
        rows.addAll(get(tours.get(at)));
      } catch (ExecutionException failure) {
        failures.add(samples.get(at).folder() + ": " + messageOf(failure));
      }
    }
    rows.stream().filter(row -> !row.content().equals("as before"))
        .forEach(row -> failures.add(row.sample() + ": " + row.restored() + " does not hold the old content"));
    terminal.text("");
    terminal.text(ResultTable.of(rows));
    failures.forEach(failure -> terminal.text("FAILED  " + failure));
    return failures.isEmpty();
  }

  private static void hint(Terminal terminal, SandboxSetup setup) {
    terminal.text("The sandbox stays up until Ctrl-C. Try:");
    terminal.text("  export KUBECONFIG=" + setup.kubeconfig().toAbsolutePath());
    terminal.text("  kubectl -n demo get backupconfigurations,backupsessions,snapshots,restoresessions");
    terminal.text("  kubectl -n demo get volumesnapshots,pvc");
    terminal.text("  kubectl -n demo describe backupsession");
  }

  private static <T> T get(Future<T> future) throws InterruptedException, ExecutionException {
    return future.toCompletionStage().toCompletableFuture().get();
  }

  private static String messageOf(ExecutionException failure) {
    Throwable cause = failure.getCause();
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
