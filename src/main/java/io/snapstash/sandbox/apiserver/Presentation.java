package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Json;
import io.snapstash.engine.Time;
import io.vertx.core.buffer.Buffer;
import java.util.Collection;
import java.util.List;

/** Writes objects, lists and watch events in the form that was asked for. */
final class Presentation {
  private static final Buffer COMMA = Buffer.buffer(",");
  private static final Buffer LIST_END = Buffer.buffer("]}\n");
  private static final Buffer EVENT_END = Buffer.buffer("}\n");

  private final Tables tables;

  Presentation(Time time) {
    this.tables = new Tables(time);
  }

  Buffer one(ApiResource resource, Form form, Stored object) {
    return switch (form.shape()) {
      case WHOLE -> bytes(resource, object);
      case METADATA -> Answer.bytes(metadataOnly(form, object.tree()));
      case METADATA_LIST -> throw Failures.notAcceptable("you requested PartialObjectMetadataList, but the requested "
          + "object is not a list (*core." + resource.kind() + ")");
      case TABLE -> Answer.bytes(tables.table(resource, form, List.of(object.tree()),
          object.tree().path("metadata").path("resourceVersion").asText()));
    };
  }

  Buffer list(ApiResource resource, Form form, Collection<Stored> objects, ObjectNode listMetadata) {
    if (form.shape() == Form.Shape.TABLE) {
      ObjectNode table = tables.table(resource, form, objects.stream().map(Stored::tree).toList(), "");
      table.set("metadata", listMetadata);
      return Answer.bytes(table);
    }
    if (form.shape() == Form.Shape.METADATA) {
      throw Failures.notAcceptable("you requested PartialObjectMetadata, but the requested object is a list (*core."
          + resource.listKind() + ")");
    }
    boolean whole = form.shape() == Form.Shape.WHOLE;
    Buffer out = Buffer.buffer("{\"kind\":\"" + (whole ? resource.listKind() : "PartialObjectMetadataList")
        + "\",\"apiVersion\":\"" + (whole ? resource.apiVersion() : form.apiVersion())
        + "\",\"metadata\":" + listMetadata + ",\"items\":[");
    boolean first = true;
    for (Stored object : objects) {
      if (!first) {
        out.appendBuffer(COMMA);
      }
      first = false;
      out.appendBuffer(whole ? item(resource, object) : Answer.bytes(metadataOnly(form, object.tree())));
    }
    return out.appendBuffer(LIST_END);
  }

  Buffer event(ApiResource resource, Form form, String type, Stored object) {
    return Buffer.buffer("{\"type\":\"" + type + "\",\"object\":").appendBuffer(one(resource, form, object))
        .appendBuffer(EVENT_END);
  }

  Buffer bookmark(ApiResource resource, Form form, long version, boolean initialEnd) {
    ObjectNode object = Json.MAPPER.createObjectNode();
    boolean whole = form.shape() != Form.Shape.METADATA;
    object.put("kind", whole ? resource.kind() : "PartialObjectMetadata");
    object.put("apiVersion", whole ? resource.apiVersion() : form.apiVersion());
    ObjectNode metadata = object.putObject("metadata").put("resourceVersion", Long.toString(version));
    metadata.putNull("creationTimestamp");
    if (initialEnd) {
      metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
    }
    if (form.shape() == Form.Shape.TABLE) {
      object = tables.table(resource, form, List.of(), Long.toString(version));
    }
    return Buffer.buffer("{\"type\":\"BOOKMARK\",\"object\":").appendBuffer(Answer.bytes(object))
        .appendBuffer(EVENT_END);
  }

  static Buffer error(ApiFailure failure) {
    return Buffer.buffer("{\"type\":\"ERROR\",\"object\":").appendBuffer(Answer.bytes(failure.status()))
        .appendBuffer(EVENT_END);
  }

  static ObjectNode metadataOnly(Form form, ObjectNode object) {
    ObjectNode partial = Json.MAPPER.createObjectNode();
    partial.put("kind", "PartialObjectMetadata").put("apiVersion", form.apiVersion());
    partial.set("metadata", object.get("metadata"));
    return partial;
  }

  private static Buffer bytes(ApiResource resource, Stored object) {
    ObjectNode shown = Views.shown(resource, object.tree());
    return shown == object.tree() ? object.bytes() : Answer.bytes(shown);
  }

  /** Items of built-in lists do not repeat kind and version. */
  private static Buffer item(ApiResource resource, Stored object) {
    if (!resource.isBuiltin()) {
      return bytes(resource, object);
    }
    ObjectNode shown = Views.shown(resource, object.tree());
    if (shown == object.tree()) {
      return object.itemBytes();
    }
    shown.remove(List.of("kind", "apiVersion"));
    return Answer.bytes(shown);
  }
}
