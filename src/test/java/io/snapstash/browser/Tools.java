package io.snapstash.browser;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Debian's Chromium, and axe-core from npm in {@code target/axe}: found, or installed at the first use. */
final class Tools {
  private static final String AXE = "axe-core@4.14.1";
  private static final Path FOLDER = Path.of("target/axe").toAbsolutePath();
  private static final Path SCRIPT = FOLDER.resolve("node_modules/axe-core/axe.min.js");
  private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");
  private static final long MINUTES = 4;

  private Tools() {}

  /** Empty where there is none and none can be installed. */
  static Optional<String> chromium() {
    Optional<String> present = BROWSERS.stream().flatMap(Tools::onPath).findFirst();
    boolean allowed = "root".equals(System.getProperty("user.name")) && onPath("apt-get").findFirst().isPresent();
    if (present.isEmpty() && allowed && run("apt-get", "install", "-y", "--no-install-recommends", "chromium")) {
      return onPath("chromium").findFirst();
    }
    return present;
  }

  /** The text of axe-core; empty without npm. */
  static Optional<String> axe() {
    try {
      if (!Files.exists(SCRIPT)) {
        Files.createDirectories(FOLDER);
        if (onPath("npm").findFirst().isEmpty() || !run("npm", "install", AXE, "--prefix", FOLDER.toString(),
            "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=30000")) {
          return Optional.empty();
        }
      }
      return Optional.of(Files.readString(SCRIPT));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static boolean run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
      process.destroyForcibly();
      return ended && process.exitValue() == 0;
    } catch (IOException missing) {
      return false;
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Stream<String> onPath(String program) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program)).filter(Files::isExecutable).map(Path::toString);
  }
}
