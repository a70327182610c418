package io.snapstash.domain.blueprint;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Whether an object still says what was asked of it. Fields that were not asked for may stand beside: defaults of the
 * server and additions of people. A list is asked for as a whole.
 */
public final class Agreement {
  private Agreement() {}

  public static boolean holds(JsonNode asked, JsonNode found) {
    if (asked.isNull() || asked.isContainerNode() && asked.isEmpty()) {
      return found.isMissingNode() || found.isNull() || asked.isObject() && found.isObject() || found.isEmpty();
    }
    if (asked.isObject()) {
      return found.isObject()
          && asked.properties().stream().allMatch(field -> holds(field.getValue(), found.path(field.getKey())));
    }
    if (asked.isArray()) {
      return found.isArray() && asked.size() == found.size() && elementsHold(asked, found);
    }
    return asked.equals(found)
        || asked.isNumber() && found.isNumber() && asked.decimalValue().compareTo(found.decimalValue()) == 0;
  }

  private static boolean elementsHold(JsonNode asked, JsonNode found) {
    for (int at = 0; at < asked.size(); at++) {
      if (!holds(asked.get(at), found.get(at))) {
        return false;
      }
    }
    return true;
  }
}
