package io.snapstash.domain.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Lists of a Pod in which one field tells the entries apart. */
final class NamedItems {
  private NamedItems() {}

  /** Replaces the entry with the same key in its place, or appends. */
  static void upsert(ObjectNode owner, String list, String key, JsonNode item) {
    ArrayNode items = owner.withArray(list);
    String wanted = item.path(key).asText();
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).path(key).asText().equals(wanted)) {
        items.set(i, item.deepCopy());
        return;
      }
    }
    items.add(item.deepCopy());
  }
}
