package io.snapstash.domain.validation;

import io.snapstash.domain.Absent;
import io.snapstash.domain.unit.GoDuration;
import io.snapstash.domain.validation.Violation.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects violations in the order in which they are found. */
final class Violations {
  private final List<Violation> items = new ArrayList<>();

  List<Violation> items() {
    return List.copyOf(items);
  }

  void add(String field, Rule rule, String value, String message) {
    items.add(new Violation(field, rule, Absent.text(value), message));
  }

  /** Tells whether the value is there. */
  boolean required(String field, Object value) {
    boolean absent = value == null || value instanceof String text && text.isEmpty()
        || value instanceof List<?> list && list.isEmpty();
    if (absent) {
      add(field, Rule.REQUIRED, "", "must be set");
    }
    return !absent;
  }

  void duration(String field, String value) {
    if (!Absent.text(value).isEmpty() && GoDuration.parse(value).filter(time -> !time.isNegative()).isEmpty()) {
      add(field, Rule.INVALID, value, "is no duration such as 1h30m");
    }
  }

  /** Each value after its first appearance; {@code pattern} holds %d for the index. */
  void unique(String pattern, List<String> values) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < values.size(); i++) {
      if (!seen.add(values.get(i))) {
        add(pattern.formatted(i), Rule.DUPLICATE, values.get(i), "'" + values.get(i) + "' is used more than once");
      }
    }
  }
}
