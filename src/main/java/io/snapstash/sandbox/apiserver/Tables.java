package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Json;
import io.snapstash.engine.Time;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Tables, as {@code kubectl get} asks for them. */
final class Tables {
  private final Time time;

  Tables(Time time) {
    this.time = time;
  }

  ObjectNode table(ApiResource resource, Form form, List<ObjectNode> objects, String version) {
    List<Column> columns = columns(resource);
    ObjectNode table = Json.MAPPER.createObjectNode().put("kind", "Table").put("apiVersion", form.apiVersion());
    table.putObject("metadata").put("resourceVersion", version);
    ArrayNode definitions = table.putArray("columnDefinitions");
    for (Column column : columns) {
      definitions.addObject().put("name", column.name()).put("type", column.type()).put("format", column.format())
          .put("description", column.description()).put("priority", column.priority());
    }
    ArrayNode rows = table.putArray("rows");
    Instant now = time.now();
    for (ObjectNode object : objects) {
      ObjectNode row = rows.addObject();
      ArrayNode cells = row.putArray("cells");
      columns.forEach(column -> cells.add(column.cell().apply(object, now)));
      include(row, resource, form, object);
    }
    return table;
  }

  private static void include(ObjectNode row, ApiResource resource, Form form, ObjectNode object) {
    switch (form.includeObject()) {
      case "None" -> { }
      case "Object" -> row.set("object", Views.shown(resource, object));
      default -> row.set("object", Presentation.metadataOnly(form, object));
    }
  }

  private static List<Column> columns(ApiResource resource) {
    if (resource.isBuiltin()) {
      return BuiltinColumns.of(resource);
    }
    List<JsonNode> wanted = resource.custom().orElseThrow().columns();
    if (wanted.isEmpty()) {
      return List.of(Column.NAME, Column.AGE);
    }
    List<Column> columns = new ArrayList<>();
    columns.add(Column.NAME);
    for (JsonNode column : wanted) {
      columns.add(custom(column));
    }
    return columns;
  }

  private static Column custom(JsonNode column) {
    String path = column.path("jsonPath").asText();
    String type = column.path("type").asText();
    return new Column(column.path("name").asText(), type, column.path("format").asText(""),
        column.path("description").asText(""), column.path("priority").asInt(),
        (object, now) -> JsonPath.find(object, path).stream().findFirst()
            .map(found -> cell(found, type, now)).orElse(NullNode.getInstance()));
  }

  private static JsonNode cell(JsonNode value, String type, Instant now) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (type) {
      case "integer" -> value.isNumber() ? nodes.numberNode(value.asLong())
          : value.asText().matches("-?\\d{1,18}") ? nodes.numberNode(value.asLong()) : nodes.nullNode();
      case "number" -> value.isNumber() ? value : nodes.nullNode();
      case "boolean" -> value.isBoolean() ? value : nodes.nullNode();
      case "date" -> nodes.textNode(Ages.since(value.asText(), now));
      default -> nodes.textNode(value.isValueNode() ? value.asText() : value.toString());
    };
  }
}
