package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.Json;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** What goes back: status, body, and warnings for the header of that name. */
record Answer(int code, Buffer body, String contentType, List<String> warnings) {
  static final String JSON = "application/json";

  static Answer json(int code, JsonNode body) {
    return new Answer(code, bytes(body), JSON, List.of());
  }

  static Answer json(int code, Buffer body) {
    return new Answer(code, body, JSON, List.of());
  }

  static Answer text(int code, String body) {
    return new Answer(code, Buffer.buffer(body), "text/plain; charset=utf-8", List.of());
  }

  static Answer refusal(ApiFailure failure) {
    return json(failure.code(), failure.status());
  }

  Answer withWarnings(List<String> warnings) {
    return new Answer(code, body, contentType, warnings);
  }

  static Buffer bytes(JsonNode tree) {
    try {
      return Buffer.buffer(Json.MAPPER.writeValueAsBytes(tree));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
