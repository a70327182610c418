package io.snapstash.domain.validation;

import io.snapstash.api.Labels;
import java.util.Arrays;
import java.util.Map;

/**
 * Reaching into another namespace needs that namespace's word (behaviour 6.16): nobody can tell who wrote the object
 * that asks, only that whoever did may write in its own namespace.
 */
public final class Consent {
  private Consent() {}

  /** @param annotations those of the Namespace reached into; empty if it does not exist */
  public static boolean given(String from, String into, Map<String, String> annotations) {
    return from.equals(into) || Arrays.stream(annotations.getOrDefault(Labels.ALLOW_FROM, "").split(","))
        .map(String::strip).anyMatch(allowed -> allowed.equals("*") || allowed.equals(from));
  }

  /** For one that we do not see. */
  public static String unknown(String into) {
    return "namespace " + into + " does not exist, or is none of those that the operator works in (watchNamespaces)";
  }

  public static String missing(String from, String into) {
    return "namespace " + into + " has not allowed " + from + " to reach into it: annotate it with "
        + Labels.ALLOW_FROM + "=" + from;
  }
}
