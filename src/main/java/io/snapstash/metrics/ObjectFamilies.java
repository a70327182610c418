package io.snapstash.metrics;

import io.snapstash.api.Condition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Families under one prefix, made as they are needed; an absent number makes no series. */
final class ObjectFamilies {
  private final Map<String, Family> all = new LinkedHashMap<>();

  /** Labels that all series of one object have. */
  static List<String> labels(String... namesAndValues) {
    return Stream.of(namesAndValues).map(each -> each == null ? "" : each).toList();
  }

  void gauge(String name, String help, List<String> labels, Number value, String... more) {
    if (value != null) {
      List<String> whole = new ArrayList<>(labels);
      whole.addAll(labels(more));
      all.computeIfAbsent(name, _ -> new Family(name, Family.Type.GAUGE, help)).add(whole, value.doubleValue());
    }
  }

  /** One series per phase there is, 1 for the present one (behaviour 16.1). */
  void phase(String prefix, List<String> labels, String present, List<String> phases) {
    phases.forEach(phase -> gauge(prefix + "phase", "1 for the present phase.", labels, phase.equals(present) ? 1 : 0,
        "phase", phase));
  }

  void conditions(String prefix, List<String> labels, List<Condition> conditions) {
    (conditions == null ? List.<Condition>of() : conditions).forEach(each -> gauge(prefix + "conditions",
        "Conditions as they stand.", labels, 1, "condition", each.type(), "status", each.status()));
  }

  List<Family> families() {
    return List.copyOf(all.values());
  }
}
