package io.snapstash.domain.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The outcome of resolving every {@code ${…}} of a document, string by string and map key by map key (behaviour 5.3),
 * so that no value can break the document around it. All faults of a document are told at once. Repeating helps only
 * after somebody has changed the document or the variables.
 */
public sealed interface Substitution {
  /** Largest document, in characters of its strings; an object of a cluster is smaller anyway. */
  int LARGEST = 1 << 20;

  /** The new document; the old one is unchanged. */
  record Done(JsonNode document) implements Substitution {}

  /** Names that nobody knows and that have no default, sorted, and texts that are no templates. */
  record Failed(List<String> missing, List<String> problems) implements Substitution {
    public Failed {
      missing = List.copyOf(missing);
      problems = List.copyOf(problems);
    }

    /** One sentence for a condition. */
    public String message() {
      List<String> parts = new ArrayList<>();
      if (!missing.isEmpty()) {
        parts.add("no value for " + String.join(", ", missing));
      }
      parts.addAll(problems);
      return String.join("; ", parts);
    }
  }

  /** Resolves a document with the values of these variables. */
  static Substitution of(JsonNode document, Function<String, Optional<String>> variables) {
    return of(document, variables, false);
  }

  /**
   * The same for texts that are also read by a shell: a name that nobody knows and that has no default stays as it
   * stands, and so does what only a shell understands (behaviour 11.8).
   */
  static Substitution ofKnown(JsonNode document, Function<String, Optional<String>> variables) {
    return of(document, variables, true);
  }

  private static Substitution of(JsonNode document, Function<String, Optional<String>> variables, boolean knownOnly) {
    Walk walk = new Walk(variables, knownOnly);
    JsonNode result = walk.node(document);
    return walk.missing.isEmpty() && walk.problems.isEmpty()
        ? new Done(result)
        : new Failed(List.copyOf(walk.missing), walk.problems);
  }

  /** One pass over one document. */
  final class Walk {
    private final Function<String, Optional<String>> variables;
    private final TreeSet<String> missing = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();
    private final boolean knownOnly;
    private int room = LARGEST;

    private Walk(Function<String, Optional<String>> variables, boolean knownOnly) {
      this.variables = variables;
      this.knownOnly = knownOnly;
    }

    private JsonNode node(JsonNode node) {
      return switch (node) {
        case TextNode text -> TextNode.valueOf(text(text.textValue()));
        case ObjectNode object -> object(object);
        case ArrayNode array -> {
          ArrayNode result = JsonNodeFactory.instance.arrayNode(array.size());
          array.forEach(item -> result.add(node(item)));
          yield result;
        }
        default -> node;
      };
    }

    private ObjectNode object(ObjectNode object) {
      ObjectNode result = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        String key = text(field.getKey());
        JsonNode value = node(field.getValue());
        if (result.replace(key, value) != null && missing.isEmpty()) {
          problems.add("two keys become '" + key + "'");
        }
      }
      return result;
    }

    private String text(String source) {
      if (source.indexOf('$') < 0) {
        return source;
      }
      try {
        String result = (knownOnly ? Expansion.ofKnown(source, variables, room)
            : new Expansion(source, variables, missing, room)).expand();
        room -= result.length();
        return result;
      } catch (TemplateException e) {
        String shown = source.length() > 80 ? source.substring(0, 80) + "…" : source;
        problems.add(e.getMessage() + " in '" + shown + "'");
        return source;
      }
    }
  }
}
