package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Json;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

/** Get and list: the current state, or that of an earlier version while it is remembered. */
final class Reads {
  /** Where a page left off: at which version, after which key. */
  private record Token(long version, String after) {
    String text() {
      ObjectNode token = Json.MAPPER.createObjectNode().put("v", "meta.k8s.io/v1").put("rv", version)
          .put("start", after);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(token.toString().getBytes(StandardCharsets.UTF_8));
    }

    static Token parse(String text) {
      try {
        JsonNode token = Json.MAPPER.readTree(Base64.getUrlDecoder().decode(text));
        return new Token(token.path("rv").asLong(), token.path("start").asText());
      } catch (IOException | IllegalArgumentException torn) {
        throw Failures.badRequest("continue key is not valid: " + torn.getMessage());
      }
    }
  }

  private final Store store;
  private final Presentation presentation;

  Reads(Store store, Presentation presentation) {
    this.store = store;
    this.presentation = presentation;
  }

  Answer get(ApiResource resource, ApiRequest request) {
    Stored object = store.get(resource.storage(), request.objectKey())
        .orElseThrow(() -> Failures.notFound(resource, request.name()));
    return Answer.json(200, presentation.one(resource, Form.of(request), object));
  }

  Answer list(ApiResource resource, ApiRequest request) {
    Selection selection = Selection.of(resource, request);
    String token = request.parameter("continue");
    Token from = token.isEmpty() ? new Token(versionOf(request), "") : Token.parse(token);
    List<Stored> selected = new ArrayList<>();
    for (Stored object : at(resource, request, from.version())) {
      if (object.key().compareTo(from.after()) > 0 && selection.matches().test(object.tree())) {
        selected.add(object);
      }
    }
    long limit = limitOf(request);
    ObjectNode metadata = Json.MAPPER.createObjectNode().put("resourceVersion", Long.toString(from.version()));
    List<Stored> page = selected;
    if (limit > 0 && selected.size() > limit) {
      page = selected.subList(0, (int) limit);
      metadata.put("continue", new Token(from.version(), page.getLast().key()).text());
      if (request.parameter("labelSelector").isEmpty() && request.parameter("fieldSelector").isEmpty()) {
        metadata.put("remainingItemCount", selected.size() - limit);
      }
    }
    Buffer body = presentation.list(resource, Form.of(request), page, metadata);
    return Answer.json(200, body);
  }

  private Collection<Stored> at(ApiResource resource, ApiRequest request, long version) {
    return version == store.version() ? store.list(resource.storage(), request.namespace())
        : store.listAt(resource.storage(), request.namespace(), version).orElseThrow(() -> Failures.expired(
            request.parameter("continue").isEmpty() ? "The resourceVersion for the provided list is too old."
                : "The provided continue parameter is too old to display a consistent list result. You can start a new "
                    + "list without the continue parameter."));
  }

  /** The version to list at: the current one, unless exactly an earlier one is wanted. */
  private long versionOf(ApiRequest request) {
    String asked = request.parameter("resourceVersion");
    String match = request.parameter("resourceVersionMatch");
    if (asked.isEmpty() || asked.equals("0")) {
      if (!match.isEmpty() && asked.isEmpty()) {
        throw Failures.unprocessable("resourceVersionMatch is forbidden unless resourceVersion is provided");
      }
      return store.version();
    }
    long version = version(asked);
    if (version > store.version()) {
      throw Failures.tooLarge(asked, store.version());
    }
    boolean exact = match.equals("Exact") || match.isEmpty() && limitOf(request) > 0;
    return exact ? version : store.version();
  }

  static long version(String text) {
    try {
      return Long.parseUnsignedLong(text);
    } catch (NumberFormatException _) {
      throw Failures.badRequest("invalid resource version: Invalid value: \"" + text
          + "\": strconv.ParseUint: parsing \"" + text + "\": invalid syntax");
    }
  }

  private static long limitOf(ApiRequest request) {
    String limit = request.parameter("limit");
    if (!limit.isEmpty() && !limit.matches("-?\\d{1,18}")) {
      throw Failures.badRequest("strconv.ParseInt: parsing \"" + limit + "\": invalid syntax");
    }
    return limit.isEmpty() ? 0 : Long.parseLong(limit);
  }
}
