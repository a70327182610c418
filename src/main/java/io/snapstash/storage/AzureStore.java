package io.snapstash.storage;

import io.snapstash.storage.StoreFailure.Kind;
import java.io.IOException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamException;

/**
 * Block blobs in a container of Azure's blob service, by its REST interface. Azure's own library would bring the same
 * four calls with Reactor, an HTTP pipeline, another JSON and XML reader and retries of its own.
 */
final class AzureStore implements StoreProvider {
  private static final String VERSION = "2021-12-02";
  private static final String PAGE = "1000";
  /** Not the JDK's own RFC 1123: that one writes days below ten with one digit. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

  private final RestCalls calls;
  private final AzureAuthorization authorization;
  private final AzureFailures failures;
  private final String container;
  private final InstantSource time;

  private AzureStore(AzureConnection connection, StoreLimits limits, InstantSource time) {
    this.calls = new RestCalls(limits);
    this.failures = new AzureFailures(connection);
    this.container = connection.url().toString();
    this.time = time;
    this.authorization = switch (connection.identity()) {
      case AzureConnection.Identity.SharedKey(byte[] key) -> new AzureSharedKey(connection.account(), key);
      case AzureConnection.Identity.Workload workload -> new AzureTokens(workload, calls, time);
    };
  }

  static AzureStore open(AzureConnection connection, StoreLimits limits, InstantSource time) {
    return new AzureStore(connection, limits, time);
  }

  @Override
  public Optional<StoredObject> get(String key) {
    RestAnswer answer = send(new AzureRequest("GET", url(key), Map.of()));
    if (AzureFailures.isBlobMissing(answer)) {
      return Optional.empty();
    }
    check(key, answer);
    byte[] content = answer.content().orElseThrow(() -> StoreProvider.tooLarge(key));
    return Optional.of(new StoredObject(content, answer.header("ETag").orElse("")));
  }

  @Override
  public String put(String key, byte[] content, PutCondition condition) {
    AzureRequest request = new AzureRequest("PUT", url(key), Map.of(), Map.of("x-ms-blob-type", "BlockBlob",
        "content-type", CONTENT_TYPE), content);
    RestAnswer answer = send(switch (condition) {
      case PutCondition.Always() -> request;
      case PutCondition.IfAbsent() -> request.with("if-none-match", "*");
      case PutCondition.IfMatch(String tag) -> request.with("if-match", tag);
    });
    if (condition instanceof PutCondition.IfMatch && AzureFailures.isBlobMissing(answer)) {
      throw StoreFailure.preconditionFailed(key);
    }
    check(key, answer);
    return answer.header("ETag").orElse("");
  }

  /** With the blob's own snapshots, which nobody but Azure sees and without which it could not go. */
  @Override
  public void delete(String key) {
    RestAnswer answer = send(new AzureRequest("DELETE", url(key), Map.of()).with("x-ms-delete-snapshots", "include"));
    if (!AzureFailures.isBlobMissing(answer)) {
      check(key, answer);
    }
  }

  @Override
  public Page list(String start, Optional<String> from) {
    Map<String, String> query = new TreeMap<>(Map.of("restype", "container", "comp", "list", "maxresults", PAGE));
    if (!start.isEmpty()) {
      query.put("prefix", start);
    }
    from.ifPresent(marker -> query.put("marker", marker));
    RestAnswer answer = send(new AzureRequest("GET", container, query));
    check(start, answer);
    try {
      return AzureListing.read(answer.content().orElse(new byte[0]));
    } catch (XMLStreamException _) {
      throw new StoreFailure(Kind.OTHER, container + " did not answer with a list of blobs");
    }
  }

  @Override
  public void close() {
    calls.close();
  }

  /** A token may lose its worth before its time. */
  private RestAnswer send(AzureRequest request) {
    RestAnswer answer = attempt(request);
    return answer.status() == 401 && authorization.renew() ? attempt(request) : answer;
  }

  private RestAnswer attempt(AzureRequest request) {
    try {
      return calls.send(() -> {
        AzureRequest stamped = stamped(request);
        return stamped.with("authorization", authorization.of(stamped)).build();
      });
    } catch (IOException failure) {
      throw failures.onTheWay().unanswered(failure);
    }
  }

  private AzureRequest stamped(AzureRequest request) {
    return request.with("x-ms-version", VERSION).with("x-ms-date",
        DATE.format(time.instant().atOffset(ZoneOffset.UTC)));
  }

  private void check(String key, RestAnswer answer) {
    if (!answer.succeeded()) {
      throw failures.of(key, answer);
    }
  }

  private String url(String key) {
    return container + "/" + RestCalls.encoded(key).replace("%2F", "/");
  }
}
