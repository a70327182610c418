package io.snapstash.domain.validation;

import io.snapstash.api.AllowedNamespaces;
import io.snapstash.api.LabelSelector;
import io.snapstash.api.LabelSelectorRequirement;
import io.snapstash.api.UsagePolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which namespaces may refer to a storage, policy or template (behaviour 4.3, 4.4). */
public final class UsageRules {
  private UsageRules() {}

  /**
   * @param owner namespace of the object referred to
   * @param user namespace of the object that refers
   * @param labels those of the user's namespace
   */
  public static boolean allows(UsagePolicy policy, String owner, String user, Map<String, String> labels) {
    AllowedNamespaces allowed = policy == null ? null : policy.allowedNamespaces();
    String from = allowed == null || allowed.from() == null ? "Same" : allowed.from();
    return switch (from) {
      case "All" -> true;
      case "Same" -> owner.equals(user);
      case "Selector" -> selects(allowed.selector(), labels);
      default -> false;
    };
  }

  /** A missing selector matches nothing, an empty one everything, one that makes no sense nothing. */
  static boolean selects(LabelSelector selector, Map<String, String> labels) {
    if (selector == null) {
      return false;
    }
    Map<String, String> equal = Optional.ofNullable(selector.matchLabels()).orElse(Map.of());
    List<LabelSelectorRequirement> expressions = Optional.ofNullable(selector.matchExpressions()).orElse(List.of());
    return labels.entrySet().containsAll(equal.entrySet())
        && expressions.stream().allMatch(expression -> meets(expression, labels));
  }

  private static boolean meets(LabelSelectorRequirement expression, Map<String, String> labels) {
    List<String> values = Optional.ofNullable(expression.values()).orElse(List.of());
    String value = labels.get(expression.key());
    return switch (expression.operator() == null ? "" : expression.operator()) {
      case "In" -> value != null && values.contains(value);
      case "NotIn" -> !values.isEmpty() && (value == null || !values.contains(value));
      case "Exists" -> values.isEmpty() && value != null;
      case "DoesNotExist" -> values.isEmpty() && value == null;
      default -> false;
    };
  }
}
