package io.snapstash.crd;

import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The facts of several CustomResourceDefinitions as text: for each kind its names and columns, then a line for each
 * place of the schema, indented by depth. What is below a place is written once and named by number ({@code #12})
 * where it stands again.
 */
record FactSheet(Map<String, List<String>> heads, Map<String, Fact> schemas) {
  private static final int WORTH_A_NUMBER = 3;

  /** Reads the definitions in a folder whose group ends in a text. */
  static FactSheet ofFolder(Path folder, String groupEnd) throws IOException {
    Map<String, List<String>> heads = new TreeMap<>();
    Map<String, Fact> schemas = new TreeMap<>();
    List<Path> files;
    try (Stream<Path> list = Files.list(folder)) {
      files = list.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
    for (Path file : files) {
      JsonNode spec = Json.YAML.readTree(Files.readString(file)).path("spec");
      if (spec.path("group").asText().endsWith(groupEnd)) {
        String kind = spec.at("/names/kind").asText();
        heads.put(kind, head(spec, Json.YAML.readTree(Files.readString(file)).at("/metadata/labels")));
        schemas.put(kind, Fact.of(kind, spec.at("/versions/0/schema/openAPIV3Schema"), false));
      }
    }
    return new FactSheet(heads, schemas);
  }

  private static List<String> head(JsonNode spec, JsonNode labels) {
    List<String> lines = new ArrayList<>();
    JsonNode version = spec.at("/versions/0");
    lines.add("group " + spec.path("group").asText());
    for (String name : List.of("listKind", "plural", "singular", "shortNames", "categories")) {
      lines.add(name + " " + spec.path("names").path(name));
    }
    lines.add("scope " + spec.path("scope").asText());
    lines.add("version %s served=%s storage=%s subresources=%s".formatted(
        version.path("name").asText(), version.path("served"), version.path("storage"), version.path("subresources")));
    lines.add("labels " + labels);
    for (JsonNode column : version.path("additionalPrinterColumns")) {
      lines.add("column %s %s %s %s".formatted(column.path("name").asText(), column.path("type").asText(),
          column.path("format").asText("-"), column.path("jsonPath").asText()));
    }
    return lines;
  }

  String text() {
    return new Writer(schemas.values()).write(this);
  }

  static FactSheet parse(String text) {
    Map<String, List<String>> heads = new TreeMap<>();
    Map<String, Fact> schemas = new TreeMap<>();
    Map<String, List<String>> sections = new LinkedHashMap<>();
    List<String> current = new ArrayList<>();
    for (String line : text.lines().filter(line -> !line.isEmpty()).toList()) {
      if (line.startsWith("kind ") || line.startsWith("#")) {
        current = new ArrayList<>();
        sections.put(line, current);
      } else {
        current.add(line);
      }
    }
    Reader reader = new Reader(sections);
    sections.forEach((title, lines) -> {
      if (title.startsWith("kind ")) {
        String kind = title.substring("kind ".length());
        heads.put(kind, lines.stream().filter(line -> !line.startsWith(" ")).toList());
        schemas.put(kind, new Fact(kind, "object", Map.of(), reader.tree(
            lines.stream().filter(line -> line.startsWith(" ")).toList())));
      }
    });
    return new FactSheet(heads, schemas);
  }

  private static final class Writer {
    private final Map<List<Fact>, Integer> seen = new HashMap<>();
    private final Map<List<Fact>, Integer> numbers = new LinkedHashMap<>();

    Writer(Iterable<Fact> schemas) {
      schemas.forEach(this::count);
    }

    private int count(Fact fact) {
      int lines = fact.below().stream().mapToInt(this::count).sum();
      if (lines >= WORTH_A_NUMBER) {
        seen.merge(fact.below(), 1, Integer::sum);
      }
      return lines + 1;
    }

    String write(FactSheet sheet) {
      StringBuilder out = new StringBuilder();
      sheet.schemas().forEach((kind, schema) -> {
        out.append("kind ").append(kind).append('\n');
        sheet.heads().get(kind).forEach(line -> out.append(line).append('\n'));
        schema.below().forEach(fact -> write(fact, 1, out));
        out.append('\n');
      });
      for (int next = 0; next < numbers.size(); next++) {
        List<Fact> shared = List.copyOf(numbers.keySet()).get(next);
        out.append('#').append(next + 1).append('\n');
        shared.forEach(fact -> write(fact, 1, out));
        out.append('\n');
      }
      return out.toString();
    }

    private void write(Fact fact, int depth, StringBuilder out) {
      out.append(" ".repeat(depth)).append(fact.name()).append(' ').append(fact.type());
      new TreeMap<>(fact.marks()).forEach((mark, value) -> out.append(' ').append(mark).append('=').append(value));
      if (seen.getOrDefault(fact.below(), 0) > 1) {
        numbers.putIfAbsent(fact.below(), numbers.size() + 1);
        out.append(" #").append(numbers.get(fact.below())).append('\n');
        return;
      }
      out.append('\n');
      fact.below().forEach(below -> write(below, depth + 1, out));
    }
  }

  private static final class Reader {
    private final Map<String, List<String>> sections;
    private final Map<String, List<Fact>> shared = new HashMap<>();

    Reader(Map<String, List<String>> sections) {
      this.sections = sections;
    }

    List<Fact> tree(List<String> lines) {
      List<Fact> facts = new ArrayList<>();
      int depth = lines.isEmpty() ? 0 : depth(lines.getFirst());
      Iterator<String> rest = lines.iterator();
      String head = rest.hasNext() ? rest.next() : null;
      while (head != null) {
        List<String> under = new ArrayList<>();
        String next = null;
        while (rest.hasNext() && depth(next = rest.next()) > depth) {
          under.add(next);
          next = null;
        }
        facts.add(fact(head.strip().split(" "), under));
        head = next;
      }
      return facts;
    }

    private Fact fact(String[] words, List<String> under) {
      Map<String, String> marks = Stream.of(words).skip(2).filter(word -> !word.startsWith("#"))
          .map(word -> word.split("=", 2)).collect(Collectors.toMap(mark -> mark[0], mark -> mark[1]));
      String last = words[words.length - 1];
      return new Fact(words[0], words[1], marks, last.startsWith("#") ? shared(last) : tree(under));
    }

    private List<Fact> shared(String number) {
      if (!shared.containsKey(number)) {
        shared.put(number, tree(sections.get(number)));
      }
      return shared.get(number);
    }

    private static int depth(String line) {
      return line.length() - line.stripLeading().length();
    }
  }
}
