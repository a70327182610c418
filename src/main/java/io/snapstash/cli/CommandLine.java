package io.snapstash.cli;

import io.snapstash.app.UsageException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Words, and options in kubectl's spelling: {@code -n demo}, {@code --namespace=demo}, {@code -A}, {@code -o json}. */
final class CommandLine {
  private static final Map<String, String> SHORT =
      Map.of("-n", "--namespace", "-A", "--all-namespaces", "-o", "--output", "-w", "--watch");
  private static final Set<String> CONNECTION = Set.of("namespace", "kubeconfig", "context");

  private final List<String> words = new ArrayList<>();
  private final Map<String, String> options = new HashMap<>();

  private CommandLine() {}

  /**
   * Reads a line; the options that name namespace, kubeconfig and context are always known.
   *
   * @throws UsageException for what is unknown
   */
  static CommandLine parse(List<String> line, Set<String> options, Set<String> flags) {
    CommandLine read = new CommandLine();
    for (int at = 0; at < line.size(); at++) {
      String word = line.get(at);
      if (!word.startsWith("-")) {
        read.words.add(word);
        continue;
      }
      String start = word.replaceFirst("=.*", "");
      String whole = SHORT.getOrDefault(start, start) + word.substring(start.length());
      int equals = whole.indexOf('=');
      String name = (equals < 0 ? whole : whole.substring(0, equals)).replaceFirst("^--", "");
      if (flags.contains(name) && equals < 0) {
        read.options.put(name, "true");
      } else if (!options.contains(name) && !CONNECTION.contains(name)) {
        throw new UsageException("unknown argument: " + word);
      } else if (equals < 0 && at + 1 == line.size()) {
        throw new UsageException("option " + word + " needs a value");
      } else {
        read.options.put(name, equals < 0 ? line.get(++at) : whole.substring(equals + 1));
      }
    }
    return read;
  }

  /** Exactly so many words. */
  List<String> words(int number, String what) {
    if (words.size() != number) {
      throw new UsageException(what);
    }
    return words;
  }

  /** Empty if there is none. */
  String firstWord() {
    return words.isEmpty() ? "" : words.getFirst();
  }

  boolean has(String flag) {
    return options.containsKey(flag);
  }

  Optional<String> get(String option) {
    return Optional.ofNullable(options.get(option)).filter(value -> !value.isEmpty());
  }
}
