package io.snapstash.sandbox.cluster;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs our commands as processes of their own, which get arguments, environment and a kubeconfig and nothing else.
 * They are started from this process's class path, so that no jar has to be there. Their output goes into one file per
 * Pod.
 */
public final class ProcessRunner implements ContainerRunner {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessRunner.class);
  private static final int NOT_STARTED = 128;
  private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
      "-XX:-UsePerfData", "-Xmx256m", "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED");

  private final String image;
  private final Function<String, Path> kubeconfigs;
  private final Path folder;
  private final AtomicInteger running = new AtomicInteger();

  /**
   * @param kubeconfigs from the user name of a ServiceAccount to the file its containers are given
   * @param folder where the output of the processes goes; it exists
   */
  public ProcessRunner(String image, Function<String, Path> kubeconfigs, Path folder) {
    this.image = image;
    this.kubeconfigs = kubeconfigs;
    this.folder = folder;
  }

  /** Processes that have been started and have not ended. */
  public int running() {
    return running.get();
  }

  @Override
  public boolean knows(String candidate) {
    return candidate != null && candidate.startsWith(image);
  }

  @Override
  public Running start(Container container) {
    try {
      Process process = builder(container).start();
      running.incrementAndGet();
      return new Run(Optional.of(process));
    } catch (IOException failure) {
      LOG.warn("process not started pod={}/{} cause=\"{}\"", container.namespace(), container.pod(),
          failure.getMessage());
      return new Run(Optional.empty());
    }
  }

  ProcessBuilder builder(Container container) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + argumentFile());
    command.add("io.snapstash.Main");
    command.addAll(container.args());
    File log = folder.resolve(container.namespace() + "_" + container.pod() + ".log").toFile();
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(container.env());
    environment.put("KUBECONFIG", kubeconfigs.apply(container.serviceAccount()).toString());
    return builder;
  }

  /** The class path of a build is too long for a command line that a person may want to read. */
  private synchronized Path argumentFile() throws IOException {
    Path file = folder.resolve("java.args").toAbsolutePath();
    if (Files.notExists(file)) {
      String classPath = System.getProperty("java.class.path").replace("\\", "\\\\").replace("\"", "\\\"");
      Files.writeString(file, String.join("\n", FLAGS) + "\n-cp\n\"" + classPath + "\"\n");
    }
    return file;
  }

  private final class Run implements Running {
    private final Optional<Process> process;
    private final Promise<Integer> exit = Promise.promise();

    Run(Optional<Process> process) {
      this.process = process;
      process.ifPresentOrElse(started -> started.onExit().thenAccept(this::over), () -> exit.complete(NOT_STARTED));
    }

    private void over(Process ended) {
      running.decrementAndGet();
      exit.tryComplete(ended.exitValue());
    }

    @Override
    public Future<Integer> exit() {
      return exit.future();
    }

    @Override
    public void kill() {
      process.ifPresent(Process::destroyForcibly);
    }
  }
}
