package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Function;

/** One column of a table; priority 0 is always shown, 1 only in wide tables. */
record Column(String name, String type, String format, String description, int priority,
    BiFunction<ObjectNode, Instant, JsonNode> cell) {
  static final Column NAME = new Column("Name", "string", "name", "Name of the object.", 0,
      (object, _) -> object.path("metadata").path("name"));
  static final Column AGE = text("Age", 0, (object, now) -> Ages.since(Metadata.text(object, "creationTimestamp"), now));

  static Column text(String name, Function<ObjectNode, String> cell) {
    return text(name, 0, (object, _) -> cell.apply(object));
  }

  static Column wide(String name, Function<ObjectNode, String> cell) {
    return text(name, 1, (object, _) -> cell.apply(object));
  }

  static Column text(String name, int priority, BiFunction<ObjectNode, Instant, String> cell) {
    return new Column(name, "string", "", name, priority, (object, now) -> TextNode.valueOf(cell.apply(object, now)));
  }

  static Column path(String name, String pointer) {
    return text(name, object -> shown(object.at(pointer), ""));
  }

  static Column path(String name, String pointer, String absent) {
    return text(name, object -> shown(object.at(pointer), absent));
  }

  static Column number(String name, String pointer) {
    return new Column(name, "integer", "", name, 0, (object, _) -> object.numberNode(object.at(pointer).asLong()));
  }

  static Column since(String name, String pointer, String absent) {
    return text(name, 0, (object, now) ->
        object.at(pointer).isTextual() ? Ages.since(object.at(pointer).asText(), now) : absent);
  }

  private static String shown(JsonNode value, String absent) {
    return value.isMissingNode() || value.isNull() ? absent : value.isValueNode() ? value.asText() : value.toString();
  }
}
