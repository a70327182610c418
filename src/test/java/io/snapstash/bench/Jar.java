package io.snapstash.bench;

import io.snapstash.job.JobContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The jar, started with the flags of the image's entry point, in a process that believes to have 512 MiB. */
record Jar(Optional<Path> cache) {
  static final Path FILE = Path.of("target", "snapstash.jar");
  static final Path FOLDER = Path.of("target", "bench");
  private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
      "-XX:+UseCompactObjectHeaders", "-XX:MaxRAM=512m", "-XX:MaxRAMPercentage=50", "-XX:MaxNewSize=24m", "-XX:MinHeapFreeRatio=10",
      "-XX:MaxHeapFreeRatio=20", "-XX:-ShrinkHeapInSteps", "-XX:-UsePerfData",
      "--sun-misc-unsafe-memory-access=allow");

  private static final String TRAINING_PLAN =
      """
      {"session":"x","sessionNamespace":"x","sessionUid":"x","invokerName":"x","sessionName":"x","nameSuffix":"0",
      "deadline":"2000-01-01T00:00:00Z","snapshots":[{"namespace":"x","name":"x"}],
      "components":[{"name":"x","claims":[{"namespace":"x","name":"x"}]}]}""";

  static Jar plain() {
    return new Jar(Optional.empty());
  }

  /** With a cache made as the Dockerfile makes it: by a run that is over at once, because nobody answers it. */
  static Jar trained() {
    Path cache = FOLDER.resolve("snapstash.aot");
    List<String> command = List.of(tool("java"), "-XX:AOTCacheOutput=" + cache, "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1", "-XX:+UseCompactObjectHeaders", "-jar", FILE.toString(), "backup", "--namespace=x", "--backupsession=x");
    try {
      start(command, "training", Map.of("KUBERNETES_MASTER", "http://127.0.0.1:9", JobContext.PLAN, TRAINING_PLAN),
          FOLDER.resolve("none")).waitFor();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
    if (!Files.exists(cache)) {
      throw new IllegalStateException("no AOT cache, see training.log");
    }
    return new Jar(Optional.of(cache));
  }

  Process start(Path kubeconfig, String log, Map<String, String> environment, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(tool("java")));
    cache.ifPresent(file -> command.add("-XX:AOTCache=" + file));
    command.addAll(FLAGS);
    command.addAll(List.of("-jar", FILE.toString()));
    command.addAll(arguments);
    return start(command, log, environment, kubeconfig);
  }

  static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  private static Process start(
      List<String> command, String log, Map<String, String> environment, Path kubeconfig) {
    try {
      Files.createDirectories(FOLDER);
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
          .redirectOutput(FOLDER.resolve(log + ".log").toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      builder.environment().put("KUBECONFIG", kubeconfig.toString());
      Process process = builder.start();
      // Nobody else would end it if the measuring process is stopped half-way.
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      return process;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
