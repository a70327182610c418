package io.snapstash.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The rules that need a test, as {@code rules.txt} lists them.
 *
 * @param rules what each is about, by name such as {@code behaviour 7.3}, in the order of the list
 * @param pending those that are still being built and may go without a test
 */
record RuleBook(Map<String, String> rules, Set<String> pending) {
  private static final Pattern NUMBER = Pattern.compile("\\d+\\.\\d+");

  static RuleBook read() {
    try (InputStream file = RuleBook.class.getResourceAsStream("/rules.txt")) {
      return parse(new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  static RuleBook parse(List<String> lines) {
    Map<String, String> rules = new LinkedHashMap<>();
    Set<String> pending = new TreeSet<>();
    for (String line : lines) {
      String[] parts = line.strip().split("\\s+", 2);
      if (parts[0].equals("pending:")) {
        NUMBER.matcher(line).results().forEach(number -> pending.add("behaviour " + number.group()));
      } else if (NUMBER.matcher(parts[0]).matches()) {
        rules.put("behaviour " + parts[0], parts.length > 1 ? parts[1] : "");
      } else if (!parts[0].isEmpty() && !parts[0].startsWith("#")) {
        throw new IllegalArgumentException("neither a rule nor a comment: " + line);
      }
    }
    return new RuleBook(rules, pending);
  }
}
