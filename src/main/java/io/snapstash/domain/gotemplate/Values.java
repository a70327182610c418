package io.snapstash.domain.gotemplate;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.snapstash.api.Json;
import java.math.BigDecimal;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What Go says about values: which are true, how they print, which are equal. What is missing is {@link #NOTHING}. */
final class Values {
  /** The value of a key that a map does not have. */
  static final Object NOTHING = new Object() {
    @Override
    public String toString() {
      return "<no value>";
    }
  };
  private static final int MOST_ROUNDS = 10_000;

  private Values() {}

  static boolean isTrue(Object value) {
    return switch (value) {
      case Boolean truth -> truth;
      case String text -> !text.isEmpty();
      case Long number -> number != 0;
      case Double number -> number != 0;
      case List<?> list -> !list.isEmpty();
      case Map<?, ?> map -> !map.isEmpty();
      default -> value != NOTHING;
    };
  }

  static String text(Object value) {
    return switch (value) {
      case Double number -> plain(number);
      case List<?> list -> list.stream().map(Values::text).collect(Collectors.joining(" ", "[", "]"));
      case Map<?, ?> map -> map.entrySet().stream().map(each -> each.getKey() + ":" + text(each.getValue()))
          .collect(Collectors.joining(" ", "map[", "]"));
      case Struct struct -> struct.fields().values().stream().map(Values::text)
          .collect(Collectors.joining(" ", "{", "}"));
      default -> value.toString();
    };
  }

  private static String plain(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15 ? Long.toString((long) number)
        : new BigDecimal(Double.toString(number)).toPlainString();
  }

  static Object at(Object value, List<String> path) {
    Object found = value;
    for (String field : path) {
      Object in = found;
      found = switch (found) {
        case Struct struct when struct.fields().containsKey(field) -> struct.fields().get(field);
        case Struct struct -> throw new GoTemplateException("there is no field ." + field + ", only "
            + struct.fields().keySet().stream().map(name -> "." + name).collect(Collectors.joining(", ")));
        case Map<?, ?> map -> map.containsKey(field) ? map.get(field) : NOTHING;
        default -> throw new GoTemplateException("there is no field ." + field + " in " + kind(in));
      };
    }
    return found;
  }

  /** Index or key, and element. */
  static List<Map.Entry<Object, Object>> entries(Object value) {
    List<Map.Entry<Object, Object>> entries = new ArrayList<>();
    switch (value) {
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          entries.add(new SimpleEntry<>((long) i, list.get(i)));
        }
      }
      case Map<?, ?> map -> map.forEach((key, element) -> entries.add(new SimpleEntry<>(key, element)));
      case Long count -> {
        if (count > MOST_ROUNDS) {
          throw new GoTemplateException("range over more than " + MOST_ROUNDS);
        }
        for (long i = 0; i < count; i++) {
          entries.add(new SimpleEntry<>(i, i));
        }
      }
      default -> {
        if (value != NOTHING) {
          throw new GoTemplateException("range over " + kind(value));
        }
      }
    }
    return entries;
  }

  static boolean equal(Object one, Object other) {
    if (one instanceof Number a && other instanceof Number b) {
      return compare(a, b) == 0;
    }
    if (one.getClass() != other.getClass()) {
      throw new GoTemplateException("eq: " + kind(one) + " and " + kind(other) + " cannot be compared");
    }
    return Objects.equals(one, other);
  }

  static int compare(Object one, Object other) {
    if (one instanceof Number a && other instanceof Number b) {
      return Double.compare(a.doubleValue(), b.doubleValue());
    }
    if (one instanceof String a && other instanceof String b) {
      return a.compareTo(b);
    }
    throw new GoTemplateException(kind(one) + " and " + kind(other) + " have no order");
  }

  static String json(Object value) {
    try {
      return Json.MAPPER.writeValueAsString(tree(value));
    } catch (JsonProcessingException bug) {
      throw new GoTemplateException("toJson: " + bug.getOriginalMessage());
    }
  }

  private static Object tree(Object value) {
    return switch (value) {
      case Struct struct -> tree(struct.fields());
      case Map<?, ?> map -> {
        Map<String, Object> tree = new TreeMap<>();
        map.forEach((key, element) -> tree.put(key.toString(), tree(element)));
        yield tree;
      }
      case List<?> list -> list.stream().map(Values::tree).toList();
      case String text -> text;
      case Number number -> number;
      case Boolean truth -> truth;
      default -> value == NOTHING ? Json.MAPPER.nullNode() : value.toString();
    };
  }

  static String kind(Object value) {
    return switch (value) {
      case String _ -> "a text";
      case Number _ -> "a number";
      case Boolean _ -> "a truth value";
      case List<?> _ -> "a list";
      case Map<?, ?> _ -> "a map";
      case Struct _ -> "a structure";
      default -> value == NOTHING ? "nothing" : "a time";
    };
  }
}
