package io.snapstash.domain.validation;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One broken rule.
 *
 * @param field path such as {@code spec.sessions[0].name}
 * @param value what stands there; never a secret
 */
public record Violation(String field, Rule rule, String value, String message) {

  /** The kinds of rules. */
  public enum Rule { REQUIRED, DUPLICATE, INVALID, FORBIDDEN, CONFLICT, IMMUTABLE }

  /** One line for a condition. */
  public static String summary(List<Violation> violations) {
    return violations.stream().map(item -> item.field() + ": " + item.message()).collect(Collectors.joining("; "));
  }
}
