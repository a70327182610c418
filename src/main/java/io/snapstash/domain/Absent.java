package io.snapstash.domain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Map;

/** What stands for a field that a custom resource does not have: the only place where its nulls end. */
public final class Absent {
  private Absent() {}

  public static String text(String value) {
    return value == null ? "" : value;
  }

  public static <T> List<T> list(List<T> value) {
    return value == null ? List.of() : value;
  }

  public static <V> Map<String, V> map(Map<String, V> value) {
    return value == null ? Map.of() : value;
  }

  public static int number(Integer value) {
    return value == null ? 0 : value;
  }

  /** Never null, and missing also for a literal null. */
  public static JsonNode tree(JsonNode value) {
    return value == null || value.isNull() ? MissingNode.getInstance() : value;
  }
}
