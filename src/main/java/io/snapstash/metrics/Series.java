package io.snapstash.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** The series of one metric by their label values; those beyond the bound share the one called {@code other}. */
final class Series<T> {
  private static final String OTHER = "other";
  private final Supplier<T> make;
  private final int most;
  private final String[] names;
  private final Map<List<String>, T> all = new ConcurrentHashMap<>();

  Series(Supplier<T> make, int most, String... names) {
    this.make = make;
    this.most = most;
    this.names = names;
  }

  T of(String... values) {
    List<String> key = List.of(values);
    T known = all.get(key);
    if (known != null) {
      return known;
    }
    return all.computeIfAbsent(all.size() < most ? key : Collections.nCopies(values.length, OTHER), _ -> make.get());
  }

  /** With labels as name, value, name, value … */
  void forEach(BiConsumer<List<String>, T> action) {
    all.forEach((values, each) -> {
      List<String> labels = new ArrayList<>();
      for (int at = 0; at < names.length; at++) {
        labels.add(names[at]);
        labels.add(values.get(at));
      }
      action.accept(labels, each);
    });
  }
}
