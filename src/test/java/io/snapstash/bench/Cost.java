package io.snapstash.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;

/**
 * What a process took from start to end. CPU and peak memory are read while it lives, every five milliseconds, so the
 * very last of them may be missing; the system counts CPU in steps of ten milliseconds.
 *
 * @param peakKibibytes most memory that was resident
 */
record Cost(Duration wall, Duration cpu, long peakKibibytes) {
  private static final long BETWEEN_LOOKS = Duration.ofMillis(5).toNanos();

  /** Blocks until the process has ended. */
  static Cost of(Process process, long startedNanos) {
    Duration cpu = Duration.ZERO;
    long peak = 0;
    while (process.isAlive()) {
      cpu = process.info().totalCpuDuration().orElse(cpu);
      peak = Math.max(peak, OwnProcess.kibibytes(process.pid(), "VmHWM"));
      LockSupport.parkNanos(BETWEEN_LOOKS);
    }
    return new Cost(Duration.ofNanos(System.nanoTime() - startedNanos), cpu, peak);
  }

  /** Medians of wall, CPU and memory. */
  static String median(List<Cost> costs) {
    return String.format(Locale.ROOT, "%.2f s wall, %.2f s CPU, %.0f MB (n=%d)",
        median(costs, cost -> cost.wall().toNanos() / 1e9), median(costs, cost -> cost.cpu().toNanos() / 1e9),
        median(costs, cost -> cost.peakKibibytes() * 1024 / 1e6), costs.size());
  }

  private static double median(List<Cost> costs, ToDoubleFunction<Cost> value) {
    return new Samples(costs.stream().map(value::applyAsDouble).toList()).median();
  }
}
