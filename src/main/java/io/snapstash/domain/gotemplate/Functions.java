package io.snapstash.domain.gotemplate;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The functions that a template may call: those of Go's text/template that make sense here, and the common ones of
 * Sprig, with their order of arguments. Any other is refused when the template is read.
 */
final class Functions {
  /** One function. */
  private interface Body {
    Object apply(List<Object> arguments);
  }

  /** @param least fewest arguments @param most most arguments; -1 for any number */
  private record Function(int least, int most, Body body) {}

  private static final int MANY = -1;
  private static final Map<String, Function> TABLE = table();
  private static final Set<String> BUILT_IN = Set.of("and", "or", "now", "date");

  private final Instant now;
  private final Runnable step;

  Functions(Instant now, Runnable step) {
    this.now = now;
    this.step = step;
  }

  static String known(String name) {
    if (!TABLE.containsKey(name) && !BUILT_IN.contains(name)) {
      throw new GoTemplateException("function " + name + " is not supported");
    }
    return name;
  }

  Object call(String name, List<Object> arguments) {
    step.run();
    return switch (name) {
      case "now" -> now;
      case "date" -> {
        if (arguments.size() != 2 || !(arguments.get(1) instanceof Instant instant)) {
          throw new GoTemplateException("date wants a layout and a time, as in {{ now | date \"2006-01-02\" }}");
        }
        yield Layout.format(text(arguments.getFirst()), instant);
      }
      default -> apply(name, TABLE.get(name), arguments);
    };
  }

  private static Object apply(String name, Function function, List<Object> arguments) {
    int count = arguments.size();
    if (count < function.least() || function.most() != MANY && count > function.most()) {
      throw new GoTemplateException(name + ": wrong number of arguments (" + count + ")");
    }
    try {
      Object result = function.body().apply(arguments);
      if (result instanceof String text && text.length() > GoTemplate.LONGEST) {
        throw new GoTemplateException("the result is larger than " + GoTemplate.LONGEST + " characters");
      }
      return result;
    } catch (GoTemplateException mistake) {
      throw new GoTemplateException(mistake.getMessage().startsWith(name) ? mistake.getMessage()
          : name + ": " + mistake.getMessage());
    }
  }

  private static Map<String, Function> table() {
    Map<String, Function> table = new HashMap<>();
    logic(table);
    texts(table);
    collections(table);
    numbers(table);
    return Map.copyOf(table);
  }

  private static void logic(Map<String, Function> table) {
    table.put("eq", new Function(2, MANY, each -> each.stream().skip(1)
        .anyMatch(other -> Values.equal(each.getFirst(), other))));
    table.put("ne", new Function(2, 2, each -> !Values.equal(each.get(0), each.get(1))));
    table.put("lt", new Function(2, 2, each -> Values.compare(each.get(0), each.get(1)) < 0));
    table.put("le", new Function(2, 2, each -> Values.compare(each.get(0), each.get(1)) <= 0));
    table.put("gt", new Function(2, 2, each -> Values.compare(each.get(0), each.get(1)) > 0));
    table.put("ge", new Function(2, 2, each -> Values.compare(each.get(0), each.get(1)) >= 0));
    table.put("not", new Function(1, 1, each -> !Values.isTrue(each.getFirst())));
    table.put("default", new Function(1, 2, each -> Values.isTrue(each.getLast()) ? each.getLast() : each.getFirst()));
    table.put("empty", new Function(1, 1, each -> !Values.isTrue(each.getFirst())));
    table.put("coalesce", new Function(1, MANY, each -> each.stream().filter(Values::isTrue).findFirst()
        .orElse(Values.NOTHING)));
    table.put("ternary", new Function(3, 3, each -> Values.isTrue(each.get(2)) ? each.get(0) : each.get(1)));
  }

  private static void texts(Map<String, Function> table) {
    table.put("print", new Function(0, MANY, each -> each.stream().map(Values::text).collect(Collectors.joining())));
    table.put("println", new Function(0, MANY, each ->
        each.stream().map(Values::text).collect(Collectors.joining(" ", "", "\n"))));
    table.put("printf", new Function(1, MANY, each -> Printf.format(text(each.getFirst()), each.subList(1, each.size()))));
    table.put("quote", new Function(0, MANY, each -> each.stream().filter(value -> value != Values.NOTHING)
        .map(value -> Printf.quoted(Values.text(value))).collect(Collectors.joining(" "))));
    table.put("squote", new Function(0, MANY, each -> each.stream().filter(value -> value != Values.NOTHING)
        .map(value -> "'" + Values.text(value) + "'").collect(Collectors.joining(" "))));
    table.put("upper", new Function(1, 1, each -> text(each.getFirst()).toUpperCase(Locale.ROOT)));
    table.put("lower", new Function(1, 1, each -> text(each.getFirst()).toLowerCase(Locale.ROOT)));
    table.put("trim", new Function(1, 1, each -> text(each.getFirst()).strip()));
    table.put("trimPrefix", new Function(2, 2, each -> cut(each, text(each.get(1)).startsWith(text(each.get(0))), true)));
    table.put("trimSuffix", new Function(2, 2, each -> cut(each, text(each.get(1)).endsWith(text(each.get(0))), false)));
    table.put("replace", new Function(3, 3, each ->
        text(each.get(2)).replace(text(each.get(0)), text(each.get(1)))));
    table.put("contains", new Function(2, 2, each -> text(each.get(1)).contains(text(each.get(0)))));
    table.put("hasPrefix", new Function(2, 2, each -> text(each.get(1)).startsWith(text(each.get(0)))));
    table.put("hasSuffix", new Function(2, 2, each -> text(each.get(1)).endsWith(text(each.get(0)))));
    table.put("toString", new Function(1, 1, each -> Values.text(each.getFirst())));
    table.put("toJson", new Function(1, 1, each -> Values.json(each.getFirst())));
    table.put("b64enc", new Function(1, 1, each -> Base64.getEncoder().encodeToString(
        text(each.getFirst()).getBytes(StandardCharsets.UTF_8))));
    table.put("trunc", new Function(2, 2, each -> shortened(text(each.get(1)), number(each.get(0)))));
  }

  private static void collections(Map<String, Function> table) {
    table.put("list", new Function(0, MANY, List::copyOf));
    table.put("dict", new Function(0, MANY, Functions::dict));
    table.put("len", new Function(1, 1, each -> switch (each.getFirst()) {
      case String text -> (long) text.getBytes(StandardCharsets.UTF_8).length;
      case List<?> list -> (long) list.size();
      case Map<?, ?> map -> (long) map.size();
      default -> throw new GoTemplateException("len of " + Values.kind(each.getFirst()));
    }));
    table.put("index", new Function(1, MANY, Functions::index));
    table.put("get", new Function(2, 2, Functions::index));
    table.put("hasKey", new Function(2, 2, each -> each.getFirst() instanceof Map<?, ?> map && map.containsKey(each.get(1))));
    table.put("join", new Function(2, 2, each -> {
      if (!(each.get(1) instanceof List<?> list)) {
        return Values.text(each.get(1));
      }
      return list.stream().map(Values::text).collect(Collectors.joining(text(each.get(0))));
    }));
    table.put("splitList", new Function(2, 2, each -> text(each.get(0)).isEmpty() ? List.of(text(each.get(1)))
        : Arrays.<Object>asList(text(each.get(1)).split(java.util.regex.Pattern.quote(text(each.get(0))), -1))));
  }

  private static void numbers(Map<String, Function> table) {
    table.put("add", new Function(1, MANY, each -> each.stream().mapToLong(Functions::number).sum()));
    table.put("sub", new Function(2, 2, each -> number(each.get(0)) - number(each.get(1))));
    table.put("mul", new Function(1, MANY, each -> each.stream().mapToLong(Functions::number).reduce(1, (a, b) -> a * b)));
    table.put("int", new Function(1, 1, each -> number(each.getFirst())));
  }

  private static Object dict(List<Object> arguments) {
    Map<String, Object> map = new TreeMap<>();
    for (int i = 0; i < arguments.size(); i += 2) {
      map.put(Values.text(arguments.get(i)), i + 1 < arguments.size() ? arguments.get(i + 1) : "");
    }
    return map;
  }

  private static Object index(List<Object> arguments) {
    Object found = arguments.getFirst();
    for (Object key : arguments.subList(1, arguments.size())) {
      found = switch (found) {
        case List<?> list -> {
          long at = number(key);
          if (at < 0 || at >= list.size()) {
            throw new GoTemplateException("index " + at + " of a list of " + list.size());
          }
          yield list.get((int) at);
        }
        case Map<?, ?> map -> map.containsKey(Values.text(key)) ? map.get(Values.text(key)) : Values.NOTHING;
        default -> throw new GoTemplateException("index of " + Values.kind(found));
      };
    }
    return found;
  }

  private static String cut(List<Object> arguments, boolean has, boolean start) {
    String text = text(arguments.get(1));
    int length = text(arguments.get(0)).length();
    return !has ? text : start ? text.substring(length) : text.substring(0, text.length() - length);
  }

  private static String shortened(String text, long length) {
    return length >= 0 ? text.substring(0, (int) Math.min(length, text.length()))
        : text.substring((int) Math.max(0, text.length() + length));
  }

  private static String text(Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new GoTemplateException("a text is wanted, not " + Values.kind(value));
  }

  private static long number(Object value) {
    return switch (value) {
      case Number number -> number.longValue();
      case String text when text.matches("-?\\d{1,18}") -> Long.parseLong(text);
      default -> throw new GoTemplateException("a number is wanted, not " + Values.kind(value));
    };
  }
}
