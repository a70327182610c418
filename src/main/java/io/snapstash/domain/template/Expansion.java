package io.snapstash.domain.template;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One walk over one text that resolves its {@code ${…}} (behaviour 5.4, 5.5). Values are inserted as they are and
 * never read again, hence no cycles. A default is read only if it is used: names missing in an unused one are no
 * fault.
 */
final class Expansion {
  private static final int DEEPEST = 20;
  private static final Pattern OURS = Pattern.compile("\\$\\{#?[A-Za-z0-9_.-]+(?:[}=^,#%/]|:[=0-9 -])");

  private final String source;
  private final Function<String, Optional<String>> variables;
  private final Set<String> missing;
  private final int limit;
  private final boolean knownOnly;
  private int at;
  private int depth;

  Expansion(String source, Function<String, Optional<String>> variables, Set<String> missing, int limit) {
    this(source, variables, missing, limit, false);
  }

  private Expansion(String source, Function<String, Optional<String>> variables, Set<String> missing, int limit,
      boolean knownOnly) {
    this.source = source;
    this.variables = variables;
    this.missing = missing;
    this.limit = limit;
    this.knownOnly = knownOnly;
  }

  /** Leaves what is not ours: names that nobody knows, and forms that only a shell has. */
  static Expansion ofKnown(String source, Function<String, Optional<String>> variables, int limit) {
    return new Expansion(source, variables, new HashSet<>(), limit, true);
  }

  String expand() {
    return text("", true, false);
  }

  /**
   * Reads up to one of the stops, or to the end of the source if there are none.
   *
   * @param wanted false: only find the end, nobody will use the result
   * @param pattern true: a backslash stays for the pattern to interpret
   */
  private String text(String stops, boolean wanted, boolean pattern) {
    Output out = new Output(limit);
    while (at < source.length()) {
      char c = source.charAt(at);
      if (stops.indexOf(c) >= 0) {
        return out.toString();
      }
      if (c == '\\' && !stops.isEmpty() && at + 1 < source.length() && (pattern || source.charAt(at + 1) == '}')) {
        out.append(pattern ? source.substring(at, at + 2) : "}");
        at += 2;
      } else if (source.startsWith("$$", at)) {
        out.append('$');
        at += 2;
      } else if (source.startsWith("${", at) && knownOnly && !OURS.matcher(source).region(at, source.length()).lookingAt()) {
        out.append("${");
        at += 2;
      } else if (source.startsWith("${", at)) {
        expressionOrItself(out, wanted);
      } else {
        out.append(c);
        at++;
      }
    }
    if (!stops.isEmpty()) {
      throw new TemplateException("'${' without '}'");
    }
    return out.toString();
  }

  private void expressionOrItself(Output out, boolean wanted) {
    int start = at;
    Set<String> before = Set.copyOf(missing);
    Output result = new Output(limit);
    at += 2;
    expression(result, wanted);
    boolean unknown = knownOnly && !before.containsAll(missing);
    if (unknown) {
      missing.retainAll(before);
    }
    out.append(unknown ? source.substring(start, at) : result.toString());
  }

  private void expression(Output out, boolean wanted) {
    if (++depth > DEEPEST) {
      throw new TemplateException("more than " + DEEPEST + " '${' inside each other");
    }
    boolean length = take("#");
    String name = name();
    Optional<String> value = wanted ? variables.apply(name) : Optional.empty();
    if (length) {
      value.map(Operation::length).ifPresentOrElse(out::append, () -> miss(name, wanted));
    } else if (take(":=") || take(":-") || take("=")) {
      String fallback = text("}", wanted && value.isEmpty(), false);
      out.append(value.orElse(fallback));
    } else {
      if (value.isEmpty()) {
        miss(name, wanted);
      }
      operation(value.orElse(""), wanted && value.isPresent(), out);
    }
    expect('}');
    depth--;
  }

  private void operation(String value, boolean wanted, Output out) {
    if (take("^^")) {
      out.append(Operation.changeCase(value, "^^"));
    } else if (take(",,")) {
      out.append(Operation.changeCase(value, ",,"));
    } else if (take("^")) {
      out.append(Operation.changeCase(value, "^"));
    } else if (take(",")) {
      out.append(Operation.changeCase(value, ","));
    } else if (take(":")) {
      long offset = number();
      Long length = take(":") ? (Long) number() : null;
      out.append(Operation.part(value, offset, length));
    } else if (peek('#') || peek('%')) {
      String operator = doubled(source.charAt(at));
      Glob pattern = new Glob(text("}", wanted, true));
      out.append(wanted ? Operation.cut(value, operator, pattern) : "");
    } else if (take("/")) {
      replacement(value, wanted, out);
    } else {
      out.append(value);
    }
  }

  private void replacement(String value, boolean wanted, Output out) {
    String operator = take("/") ? "//" : take("#") ? "/#" : take("%") ? "/%" : "/";
    Glob pattern = new Glob(text("/}", wanted, true));
    String replacement = take("/") ? text("}", wanted, false) : "";
    if (wanted) {
      Operation.replace(value, operator, pattern, replacement, out);
    }
  }

  private String name() {
    int start = at;
    while (at < source.length() && isNamePart(source.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw new TemplateException("'${' without a name");
    }
    return source.substring(start, at);
  }

  private static boolean isNamePart(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-' || c == '.';
  }

  private long number() {
    int start = at;
    while (at < source.length() && source.charAt(at) != '}' && source.charAt(at) != ':') {
      at++;
    }
    try {
      return Integer.parseInt(source.substring(start, at).strip());
    } catch (NumberFormatException e) {
      throw new TemplateException("'" + source.substring(start, at) + "' is no number");
    }
  }

  private String doubled(char c) {
    String twice = "" + c + c;
    return take(twice) ? twice : take("" + c) ? "" + c : "";
  }

  private void miss(String name, boolean wanted) {
    if (wanted) {
      missing.add(name);
    }
  }

  private boolean peek(char c) {
    return at < source.length() && source.charAt(at) == c;
  }

  private boolean take(String mark) {
    if (!source.startsWith(mark, at)) {
      return false;
    }
    at += mark.length();
    return true;
  }

  private void expect(char c) {
    if (!peek(c)) {
      throw new TemplateException(at < source.length()
          ? "unexpected '" + source.charAt(at) + "' in '${…}'" : "'${' without '}'");
    }
    at++;
  }
}
