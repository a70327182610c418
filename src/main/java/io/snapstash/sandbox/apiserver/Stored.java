package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Json;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** An object at one resource version. The tree must not be changed any more; it is written out at most once. */
final class Stored {
  private final String key;
  private final ObjectNode tree;
  private final long version;
  private Buffer bytes;
  private Buffer itemBytes;

  Stored(String key, ObjectNode tree, long version) {
    this.key = key;
    this.tree = tree;
    this.version = version;
  }

  String key() {
    return key;
  }

  ObjectNode tree() {
    return tree;
  }

  long version() {
    return version;
  }

  String name() {
    return Metadata.text(tree, "name");
  }

  Buffer bytes() {
    if (bytes == null) {
      bytes = Answer.bytes(tree);
    }
    return bytes;
  }

  /** Without kind and version, as in a list. */
  Buffer itemBytes() {
    if (itemBytes == null) {
      ObjectNode shallow = Json.MAPPER.createObjectNode();
      shallow.setAll(tree);
      shallow.remove(List.of("kind", "apiVersion"));
      itemBytes = Answer.bytes(shallow);
    }
    return itemBytes;
  }
}
