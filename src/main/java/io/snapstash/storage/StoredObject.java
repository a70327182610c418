package io.snapstash.storage;

import java.nio.charset.StandardCharsets;

/** Content of an object and its entity tag, which changes with every write. */
public record StoredObject(byte[] content, String tag) {
  public String text() {
    return new String(content, StandardCharsets.UTF_8);
  }
}
