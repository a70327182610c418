package io.snapstash.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Values of one figure, in ascending order. At least one. */
record Samples(List<Double> values) {
  Samples {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    values = values.stream().sorted().toList();
  }

  static Samples millis(List<Duration> durations) {
    return new Samples(durations.stream().map(each -> each.toNanos() / 1e6).toList());
  }

  double median() {
    return percentile(50);
  }

  /** The smallest value that at least so many per cent do not exceed. */
  double percentile(int percent) {
    return values.get(Math.max(0, (int) Math.ceil(values.size() * percent / 100.0) - 1));
  }

  String medianAndP99(String unit) {
    return String.format(Locale.ROOT, "median %.0f %s, p99 %.0f %s (n=%d)", median(), unit, percentile(99), unit,
        values.size());
  }
}
