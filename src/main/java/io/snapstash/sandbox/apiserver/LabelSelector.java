package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A label selector as text: equality and set terms, all of which must hold. */
final class LabelSelector {
  private static final Pattern SETS =
      Pattern.compile("([^\\s=!,()]+)\\s+(in|notin)\\s*\\(([^()]*)\\)");
  private static final Pattern EQUALITY = Pattern.compile("([^\\s=!,()<>]+)\\s*(==|=|!=)\\s*([^\\s=!,()<>]*)");
  private static final Pattern ORDER = Pattern.compile("([^\\s=!,()<>]+)\\s*([<>])\\s*(-?\\d{1,18})");
  private static final Pattern PRESENCE = Pattern.compile("(!?)\\s*([^\\s=!,()<>]+)");

  private final List<Predicate<JsonNode>> terms = new ArrayList<>();

  private LabelSelector() {}

  static Predicate<JsonNode> parse(String text) {
    LabelSelector selector = new LabelSelector();
    for (String term : split(text)) {
      selector.terms.add(term(term, text));
    }
    List<Predicate<JsonNode>> terms = List.copyOf(selector.terms);
    return object -> {
      JsonNode labels = object.path("metadata").path("labels");
      return terms.stream().allMatch(term -> term.test(labels));
    };
  }

  /**
   * A selector as it stands in a spec, with {@code matchLabels} and {@code matchExpressions}; to be asked about labels,
   * not objects. A missing one selects nothing, an empty one everything.
   */
  static Predicate<JsonNode> structured(JsonNode selector) {
    if (!selector.isObject()) {
      return _ -> false;
    }
    List<Predicate<JsonNode>> terms = new ArrayList<>();
    selector.path("matchLabels").properties().forEach(label ->
        terms.add(membership(label.getKey(), Set.of(label.getValue().asText()), true)));
    for (JsonNode expression : selector.path("matchExpressions")) {
      terms.add(expression(expression));
    }
    return labels -> terms.stream().allMatch(term -> term.test(labels));
  }

  /** A structured selector in the other notation. */
  static String text(JsonNode selector) {
    List<String> terms = new ArrayList<>();
    selector.path("matchLabels").properties().forEach(label ->
        terms.add(label.getKey() + "=" + label.getValue().asText()));
    for (JsonNode expression : selector.path("matchExpressions")) {
      List<String> values = new ArrayList<>();
      expression.path("values").forEach(value -> values.add(value.asText()));
      String key = expression.path("key").asText();
      terms.add(switch (expression.path("operator").asText()) {
        case "Exists" -> key;
        case "DoesNotExist" -> "!" + key;
        case "NotIn" -> key + " notin (" + String.join(",", values) + ")";
        default -> key + " in (" + String.join(",", values) + ")";
      });
    }
    return String.join(",", terms);
  }

  private static Predicate<JsonNode> expression(JsonNode expression) {
    String key = expression.path("key").asText();
    Set<String> values = new HashSet<>();
    expression.path("values").forEach(value -> values.add(value.asText()));
    return switch (expression.path("operator").asText()) {
      case "In" -> membership(key, values, true);
      case "NotIn" -> membership(key, values, false);
      case "Exists" -> labels -> labels.has(key);
      case "DoesNotExist" -> labels -> !labels.has(key);
      default -> _ -> false;
    };
  }

  private static List<String> split(String text) {
    List<String> terms = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int at = 0; at <= text.length(); at++) {
      char next = at == text.length() ? ',' : text.charAt(at);
      depth += next == '(' ? 1 : next == ')' ? -1 : 0;
      if (next == ',' && (depth == 0 || at == text.length())) {
        String term = text.substring(start, at).strip();
        if (!term.isEmpty()) {
          terms.add(term);
        }
        start = at + 1;
      }
    }
    return terms;
  }

  private static Predicate<JsonNode> term(String term, String whole) {
    Matcher sets = SETS.matcher(term);
    if (sets.matches()) {
      Set<String> values = new HashSet<>();
      for (String value : sets.group(3).split(",", -1)) {
        values.add(value.strip());
      }
      return membership(sets.group(1), values, sets.group(2).equals("in"));
    }
    Matcher equality = EQUALITY.matcher(term);
    if (equality.matches()) {
      return membership(equality.group(1), Set.of(equality.group(3)), !equality.group(2).equals("!="));
    }
    Matcher order = ORDER.matcher(term);
    if (order.matches()) {
      long bound = Long.parseLong(order.group(3));
      boolean greater = order.group(2).equals(">");
      return labels -> labels.path(order.group(1)).asText("").matches("-?\\d{1,18}")
          && (greater ? labels.path(order.group(1)).asLong() > bound : labels.path(order.group(1)).asLong() < bound);
    }
    Matcher presence = PRESENCE.matcher(term);
    if (presence.matches()) {
      boolean wanted = presence.group(1).isEmpty();
      return labels -> labels.has(presence.group(2)) == wanted;
    }
    throw Failures.badRequest("unable to parse requirement: found '" + term + "' in '" + whole + "'");
  }

  /** An absent label is not in any set, hence notin and != hold for it. */
  private static Predicate<JsonNode> membership(String key, Set<String> values, boolean wanted) {
    return labels -> (labels.has(key) && values.contains(labels.path(key).asText())) == wanted;
  }
}
