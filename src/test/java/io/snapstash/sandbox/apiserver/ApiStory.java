package io.snapstash.sandbox.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A fresh server for every test, asked over HTTP as any client asks. Single quotes in bodies stand for double ones. */
abstract class ApiStory {
  static final String JSON = "application/json";
  static final String MERGE = "application/merge-patch+json";
  static final String STRATEGIC = "application/strategic-merge-patch+json";
  static final String JSON_PATCH = "application/json-patch+json";
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static Vertx vertx;

  ApiServer server;

  record Reply(int code, String text) {
    JsonNode json() throws IOException {
      return Json.MAPPER.readTree(text);
    }

    JsonNode at(String pointer) throws IOException {
      return json().at(pointer);
    }

    String version() throws IOException {
      return at("/metadata/resourceVersion").asText();
    }

    /** Field and message of each cause, as in {@code spec.schedule: Required value}. */
    List<String> causes() throws IOException {
      List<String> causes = new ArrayList<>();
      at("/details/causes").forEach(cause ->
          causes.add(cause.path("field").asText() + ": " + cause.path("message").asText()));
      return causes;
    }
  }

  @BeforeAll
  static void startLoop() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stopLoop() {
    await(vertx.close());
  }

  @BeforeEach
  void start() {
    server = await(ApiServer.start(vertx, options()));
  }

  @AfterEach
  void stop() {
    await(server.close());
  }

  ApiServerOptions options() {
    return ApiServerOptions.standard();
  }

  Reply get(String path) throws Exception {
    return send("GET", path, "");
  }

  Reply create(String path, String body) throws Exception {
    return send("POST", path, body);
  }

  Reply delete(String path, String options) throws Exception {
    return send("DELETE", path, options);
  }

  Reply patch(String path, String body) throws Exception {
    return send("PATCH", path, body, MERGE);
  }

  Reply send(String method, String path, String body) throws Exception {
    return send(method, path, body, JSON);
  }

  Reply send(String method, String path, String body, String type) throws Exception {
    return send(method, path, body, type, JSON);
  }

  Reply send(String method, String path, String body, String type, String accept) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path)).header("Content-Type", type)
        .header("Accept", accept).method(method, HttpRequest.BodyPublishers.ofString(body.replace('\'', '"'))).build();
    HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    return new Reply(answer.statusCode(), answer.body());
  }

  List<String> names(String path) throws Exception {
    List<String> names = new ArrayList<>();
    for (JsonNode item : get(path).json().path("items")) {
      names.add(item.at("/metadata/name").asText());
    }
    return names;
  }

  /** What a watch tells until it ends. */
  List<JsonNode> events(String path, String accept) throws Exception {
    List<JsonNode> events = new ArrayList<>();
    for (String line : send("GET", path, "", JSON, accept).text().split("\n")) {
      if (!line.isEmpty()) {
        events.add(Json.MAPPER.readTree(line));
      }
    }
    return events;
  }

  List<String> eventTypes(String path) throws Exception {
    return events(path, JSON).stream().map(event -> event.path("type").asText()).toList();
  }

  static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
