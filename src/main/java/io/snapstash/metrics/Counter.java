package io.snapstash.metrics;

import java.util.concurrent.atomic.LongAdder;

/** Counts, in a bounded number of series: what comes after the last free one is counted together as {@code other}. */
final class Counter {
  private final Series<LongAdder> series;
  private final String name;
  private final String help;

  Counter(String name, String help, int most, String... labels) {
    this.name = name;
    this.help = help;
    this.series = new Series<>(LongAdder::new, most, labels);
  }

  void increment(String... values) {
    series.of(values).increment();
  }

  Family family() {
    Family family = new Family(name, Family.Type.COUNTER, help);
    series.forEach((labels, count) -> family.add(labels, count.sum()));
    return family;
  }
}
