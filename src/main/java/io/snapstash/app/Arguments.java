package io.snapstash.app;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Options of a command, written {@code --name=value}, {@code --name value} or, for flags, {@code --name}. */
public final class Arguments {
  private final Map<String, String> values = new LinkedHashMap<>();

  private Arguments() {}

  /** Anything that is neither an option nor a flag of the command is refused. */
  public static Arguments parse(List<String> words, Set<String> options, Set<String> flags) {
    Arguments arguments = new Arguments();
    for (int at = 0; at < words.size(); at++) {
      String word = words.get(at);
      int equals = word.indexOf('=');
      String name = !word.startsWith("--") ? "" : equals < 0 ? word.substring(2) : word.substring(2, equals);
      if (flags.contains(name) && equals < 0) {
        arguments.values.put(name, "true");
      } else if (options.contains(name)) {
        if (equals < 0 && at + 1 == words.size()) {
          throw new UsageException("option --" + name + " needs a value");
        }
        arguments.values.put(name, equals < 0 ? words.get(++at) : word.substring(equals + 1));
      } else {
        throw new UsageException("unknown argument: " + word);
      }
    }
    return arguments;
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** An empty value counts as absent: templates of arguments leave them so. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  public String required(String name) {
    return get(name).orElseThrow(() -> new UsageException("option --" + name + " is required"));
  }

  public int number(String name, int otherwise) {
    try {
      return get(name).map(Integer::parseInt).orElse(otherwise);
    } catch (NumberFormatException notANumber) {
      throw new UsageException("option --" + name + " needs a whole number, not " + values.get(name));
    }
  }
}
