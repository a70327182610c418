package io.snapstash.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** Durations in buckets, from a millisecond to two minutes. */
final class Histogram {
  private static final double[] BOUNDS = {0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 30, 120};

  private static final class Buckets {
    final LongAdder[] counts = new LongAdder[BOUNDS.length + 1];
    final DoubleAdder sum = new DoubleAdder();

    Buckets() {
      for (int at = 0; at < counts.length; at++) {
        counts[at] = new LongAdder();
      }
    }
  }

  private final String name;
  private final String help;
  private final Series<Buckets> series;

  Histogram(String name, String help, int most, String... labels) {
    this.name = name;
    this.help = help;
    this.series = new Series<>(Buckets::new, most, labels);
  }

  void observe(Duration duration, String... values) {
    double seconds = duration.toNanos() / 1e9;
    int at = 0;
    while (at < BOUNDS.length && seconds > BOUNDS[at]) {
      at++;
    }
    Buckets buckets = series.of(values);
    buckets.counts[at].increment();
    buckets.sum.add(seconds);
  }

  Family family() {
    Family family = new Family(name, Family.Type.HISTOGRAM, help);
    series.forEach((labels, buckets) -> {
      long total = 0;
      for (int at = 0; at < buckets.counts.length; at++) {
        total += buckets.counts[at].sum();
        List<String> bounded = new ArrayList<>(labels);
        bounded.add("le");
        bounded.add(at < BOUNDS.length ? Double.toString(BOUNDS[at]) : "+Inf");
        family.add("_bucket", bounded, total);
      }
      family.add("_sum", labels, buckets.sum.sum());
      family.add("_count", labels, total);
    });
    return family;
  }
}
