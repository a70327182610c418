package io.snapstash.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the system knows about a process. */
final class OwnProcess {
  private OwnProcess() {}

  /** Resident memory after a full garbage collection, in kibibytes. */
  static long residentAfterCollection(long pid) {
    try {
      Process collection = new ProcessBuilder(Jar.tool("jcmd"), Long.toString(pid), "GC.run")
          .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      if (collection.waitFor() != 0) {
        throw new IllegalStateException("no garbage collection in process " + pid);
      }
      return kibibytes(pid, "VmRSS");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  /** What its threads have worked so far. */
  static long cpuMillis(long pid) {
    return ProcessHandle.of(pid).flatMap(each -> each.info().totalCpuDuration()).map(each -> each.toMillis()).orElse(0L);
  }

  /** A line of {@code /proc/PID/status}. 0 for a process that has ended. */
  static long kibibytes(long pid, String field) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
          .filter(line -> line.startsWith(field + ":"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElse(0);
    } catch (IOException ended) {
      return 0;
    }
  }
}
