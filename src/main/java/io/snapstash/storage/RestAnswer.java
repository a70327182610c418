package io.snapstash.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.snapstash.api.Json;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * What a server answered.
 *
 * @param content empty if it was larger than our files may be
 */
record RestAnswer(int status, HttpHeaders headers, Optional<byte[]> content) {
  boolean succeeded() {
    return status >= 200 && status < 300;
  }

  boolean asksForFewerRequests() {
    return status == 429 || status == 503;
  }

  Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  String text() {
    return content.map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse("");
  }

  /** Missing if the body is no JSON. */
  JsonNode json() {
    try {
      return Optional.ofNullable(Json.MAPPER.readTree(content.orElse(new byte[0]))).orElse(MissingNode.getInstance());
    } catch (IOException _) {
      return MissingNode.getInstance();
    }
  }

  /** How long the server wants to be left alone, if it says so in seconds. */
  Optional<Duration> retryAfter() {
    return header("Retry-After").filter(text -> text.matches("\\d{1,6}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)));
  }
}
