package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What is written as {@code stringData} is stored, and read, as {@code data}. */
final class SecretRules implements KindRules {
  @Override
  public void beforeCreate(ObjectNode object) {
    if (!object.has("type")) {
      object.put("type", "Opaque");
    }
    fold(object);
  }

  @Override
  public void beforeUpdate(ObjectNode object, ObjectNode old) {
    fold(object);
  }

  private static void fold(ObjectNode object) {
    if (object.remove("stringData") instanceof ObjectNode plain) {
      plain.properties().forEach(entry -> object.withObject("/data").put(entry.getKey(),
          Base64.getEncoder().encodeToString(entry.getValue().asText().getBytes(StandardCharsets.UTF_8))));
    }
  }
}
