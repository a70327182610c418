package io.snapstash.sandbox.cluster;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs our commands as processes of their own, which get arguments, environment and a kubeconfig and nothing else.
 * Their output goes into one file per Pod.
 */
public final class ProcessRunner implements ContainerRunner {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessRunner.class);
  private static final int NOT_STARTED = 128;
  private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m",
      "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED");

  private final String image;
  private final Path kubeconfig;
  private final Path logs;

  public ProcessRunner(String image, Path kubeconfig, Path logs) {
    this.image = image;
    this.kubeconfig = kubeconfig;
    this.logs = logs;
  }

  @Override
  public boolean knows(String candidate) {
    return candidate != null && candidate.startsWith(image);
  }

  @Override
  public Running start(Container container) {
    try {
      return new Run(builder(container).start());
    } catch (IOException failure) {
      LOG.warn("process not started pod={}/{} cause=\"{}\"", container.namespace(), container.pod(),
          failure.getMessage());
      return new Run(null);
    }
  }

  private ProcessBuilder builder(Container container) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.snapstash.Main"));
    command.addAll(container.args());
    File log = logs.resolve(container.namespace() + "_" + container.pod() + ".log").toFile();
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(container.env());
    environment.put("KUBECONFIG", kubeconfig.toString());
    return builder;
  }

  private static final class Run implements Running {
    private final Process process;
    private final Promise<Integer> exit = Promise.promise();

    Run(Process process) {
      this.process = process;
      if (process == null) {
        exit.complete(NOT_STARTED);
      } else {
        process.onExit().thenAccept(ended -> exit.tryComplete(ended.exitValue()));
      }
    }

    @Override
    public Future<Integer> exit() {
      return exit.future();
    }

    @Override
    public void kill() {
      if (process != null) {
        process.destroyForcibly();
      }
    }
  }
}
