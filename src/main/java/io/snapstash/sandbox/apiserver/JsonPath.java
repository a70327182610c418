package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The simple JSON paths of printer columns: fields, quoted fields, indexes, wildcards and equality filters. */
final class JsonPath {
  private static final Pattern FIELD = Pattern.compile("\\.((?:\\\\.|[^.\\[\\\\])+)");
  private static final Pattern QUOTED = Pattern.compile("\\[['\"]([^'\"]+)['\"]]");
  private static final Pattern INDEX = Pattern.compile("\\[(-?\\d{1,6}|\\*)]");
  private static final Pattern FILTER =
      Pattern.compile("\\[\\?\\(\\s*@((?:\\.[^\\s=!]+)?)\\s*(==|!=)\\s*['\"]?([^'\")]*?)['\"]?\\s*\\)]");

  private JsonPath() {}

  /** What the path finds, in order; nothing for a path that makes no sense. */
  static List<JsonNode> find(JsonNode root, String path) {
    List<JsonNode> found = List.of(root);
    int at = 0;
    while (at < path.length() && !found.isEmpty()) {
      Step step = step(path, at);
      if (step == null) {
        return List.of();
      }
      List<JsonNode> next = new ArrayList<>();
      found.forEach(node -> step.walk(node, next));
      next.removeIf(node -> node.isMissingNode() || node.isNull());
      found = next;
      at = step.end();
    }
    return found;
  }

  private interface Step {
    int end();

    void walk(JsonNode from, List<JsonNode> into);
  }

  private record Field(String name, int end) implements Step {
    @Override
    public void walk(JsonNode from, List<JsonNode> into) {
      if (name.equals("*")) {
        from.forEach(into::add);
      } else {
        into.add(from.path(name));
      }
    }
  }

  private record Index(String index, int end) implements Step {
    @Override
    public void walk(JsonNode from, List<JsonNode> into) {
      if (index.equals("*")) {
        from.forEach(into::add);
      } else {
        int at = Integer.parseInt(index);
        into.add(from.path(at < 0 ? from.size() + at : at));
      }
    }
  }

  private record Filter(String path, boolean equal, String value, int end) implements Step {
    @Override
    public void walk(JsonNode from, List<JsonNode> into) {
      for (JsonNode element : from) {
        boolean same = find(element, path).stream().anyMatch(found -> found.asText().equals(value));
        if (same == equal) {
          into.add(element);
        }
      }
    }
  }

  private static Step step(String path, int at) {
    Matcher filter = FILTER.matcher(path).region(at, path.length());
    if (filter.lookingAt()) {
      return new Filter(filter.group(1), filter.group(2).equals("=="), filter.group(3), filter.end());
    }
    Matcher index = INDEX.matcher(path).region(at, path.length());
    if (index.lookingAt()) {
      return new Index(index.group(1), index.end());
    }
    Matcher quoted = QUOTED.matcher(path).region(at, path.length());
    if (quoted.lookingAt()) {
      return new Field(quoted.group(1), quoted.end());
    }
    Matcher field = FIELD.matcher(path).region(at, path.length());
    return field.lookingAt() ? new Field(field.group(1).replaceAll("\\\\(.)", "$1"), field.end()) : null;
  }
}
