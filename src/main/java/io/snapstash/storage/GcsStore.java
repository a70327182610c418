package io.snapstash.storage;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Objects in a bucket of Google Cloud Storage, by its JSON interface. The entity tag is the object's generation. */
final class GcsStore implements StoreProvider {
  private static final int PAGE = 1000;

  private final RestCalls calls;
  private final GcsTokens tokens;
  private final GcsFailures failures;
  private final String objects;
  private final String uploads;

  private GcsStore(GcsConnection connection, StoreLimits limits) {
    this.calls = new RestCalls(limits);
    this.tokens = new GcsTokens(connection, calls);
    this.failures = new GcsFailures(connection);
    String endpoint = connection.endpoint().toString().replaceAll("/+$", "");
    this.objects = endpoint + "/storage/v1/b/" + connection.bucket() + "/o";
    this.uploads = endpoint + "/upload/storage/v1/b/" + connection.bucket() + "/o";
  }

  /** Loads Google's library at the first call: not on an event loop. */
  static GcsStore open(GcsConnection connection, StoreLimits limits) {
    return new GcsStore(connection, limits);
  }

  @Override
  public Optional<StoredObject> get(String key) {
    RestAnswer answer = send(HttpRequest.newBuilder(URI.create(url(key) + "?alt=media")).GET());
    if (answer.status() == 404 && !GcsFailures.isBucketMissing(answer)) {
      return Optional.empty();
    }
    check(key, answer);
    byte[] content = answer.content().orElseThrow(() -> StoreProvider.tooLarge(key));
    return Optional.of(new StoredObject(content, answer.header("x-goog-generation").orElse("")));
  }

  @Override
  public String put(String key, byte[] content, PutCondition condition) {
    String only = switch (condition) {
      case PutCondition.Always() -> "";
      case PutCondition.IfAbsent() -> "&ifGenerationMatch=0";
      case PutCondition.IfMatch(String generation) -> "&ifGenerationMatch=" + RestCalls.encoded(generation);
    };
    RestAnswer answer = send(HttpRequest.newBuilder(
            URI.create(uploads + "?uploadType=media&fields=generation&name=" + RestCalls.encoded(key) + only))
        .header("Content-Type", CONTENT_TYPE).POST(HttpRequest.BodyPublishers.ofByteArray(content)));
    check(key, answer);
    return answer.json().path("generation").asText();
  }

  @Override
  public void delete(String key) {
    RestAnswer answer = send(HttpRequest.newBuilder(URI.create(url(key))).DELETE());
    if (answer.status() != 404 || GcsFailures.isBucketMissing(answer)) {
      check(key, answer);
    }
  }

  @Override
  public Page list(String start, Optional<String> from) {
    RestAnswer answer = send(HttpRequest.newBuilder(URI.create(objects + "?maxResults=" + PAGE
        + "&fields=items(name),nextPageToken&prefix=" + RestCalls.encoded(start)
        + from.map(token -> "&pageToken=" + RestCalls.encoded(token)).orElse(""))).GET());
    check(start, answer);
    JsonNode page = answer.json();
    List<String> keys = new ArrayList<>();
    page.path("items").forEach(item -> keys.add(item.path("name").asText()));
    return new Page(keys, Optional.of(page.path("nextPageToken").asText()).filter(token -> !token.isEmpty()));
  }

  @Override
  public void close() {
    calls.close();
  }

  /** A token may lose its worth before its time. */
  private RestAnswer send(HttpRequest.Builder request) {
    String token = tokens.token();
    RestAnswer answer = send(request, token);
    return answer.status() == 401 ? send(request, tokens.instead(token)) : answer;
  }

  private RestAnswer send(HttpRequest.Builder request, String token) {
    try {
      return calls.send(() -> request.copy().header("Authorization", "Bearer " + token).build());
    } catch (IOException failure) {
      throw failures.onTheWay().unanswered(failure);
    }
  }

  private String url(String key) {
    return objects + "/" + RestCalls.encoded(key);
  }

  private void check(String key, RestAnswer answer) {
    if (!answer.succeeded()) {
      throw failures.of(key, answer);
    }
  }
}
