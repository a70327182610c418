package io.snapstash.kube;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.snapstash.api.Json;
import io.snapstash.engine.Cancellable;
import io.snapstash.engine.Fence;
import io.snapstash.engine.ResourceKey;
import io.snapstash.engine.Telemetry;
import io.snapstash.engine.Time;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * The one way to the API server. No call blocks; each answer comes back on the caller's Vert.x context, or, without
 * one, on a thread of the HTTP client. Every failure is a {@link KubeFailure}, or
 * {@link Fence.Shut} for a write that was not sent; nothing is retried here.
 */
public final class KubeClient implements AutoCloseable {
  private static final String JSON = "application/json";
  private static final String METADATA = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";
  private static final String METADATA_LIST =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";
  private static final int PAGE_SIZE = 500;
  private static final int TOO_MANY = 429;
  private static final Duration USUAL_PAUSE = Duration.ofSeconds(1);
  private static final int URGENT_REQUESTS = 2;

  private final HttpClient http;
  private final Streams streams;
  private final String server;
  private final RequestBudget budget;
  private final Duration timeout;
  private final Fence fence;
  private final Telemetry telemetry;

  private KubeClient(HttpClient http, Streams streams, String server, RequestBudget budget, Duration timeout,
      Fence fence, Telemetry telemetry) {
    this.streams = streams;
    this.telemetry = telemetry;
    this.http = http;
    this.server = server;
    this.budget = budget;
    this.timeout = timeout;
    this.fence = fence;
  }

  /** Attempts are the caller's business, so the HTTP client's own silent ones are switched off. */
  public static KubeClient create(Config config, HttpClient.Factory factory, int mostRequests, Duration timeout) {
    return create(config, factory, mostRequests, timeout, Telemetry.NONE, Optional.empty());
  }

  /**
   * One whose requests, and whatever is built on it, are heard of.
   *
   * @param time by which all of its requests pause when the server has too many; empty for a client of few requests
   */
  public static KubeClient create(Config config, HttpClient.Factory factory, int mostRequests, Duration timeout,
      Telemetry telemetry, Optional<Time> time) {
    config.setRequestRetryBackoffLimit(0);
    String server = config.getMasterUrl();
    return new KubeClient(factory.newBuilder(config).build(), new Streams(config),
        server.endsWith("/") ? server.substring(0, server.length() - 1) : server, new RequestBudget(mostRequests, time),
        timeout, Fence.OPEN, telemetry);
  }

  /** Over the same connections, but a write fails with {@link Fence.Shut} if the fence is not open when it is sent. */
  public KubeClient behind(Fence barrier) {
    return new KubeClient(http, streams, server, budget, timeout, barrier, telemetry);
  }

  /** Over the same connections, but never behind others in the queue, and with a time limit of its own. */
  public KubeClient urgent(Duration limit) {
    return new KubeClient(http, streams, server, new RequestBudget(URGENT_REQUESTS, Optional.empty()), limit, fence,
        telemetry);
  }

  public Telemetry telemetry() {
    return telemetry;
  }

  public <T extends HasMetadata> Future<T> get(ResourceType<T> type, ResourceKey key) {
    return send("GET", type, key, "", "", null, "").map(body -> read(body, type.type()));
  }

  /** Not found is an answer here, not a failure. */
  public <T extends HasMetadata> Future<Optional<T>> find(ResourceType<T> type, ResourceKey key) {
    return get(type, key).map(Optional::of).recover(failure ->
        KubeFailure.is(failure, KubeFailure.Kind.NOT_FOUND)
            ? Future.succeededFuture(Optional.empty()) : Future.failedFuture(failure));
  }

  /** All objects selected, read page by page. */
  public <T extends HasMetadata> Future<List<T>> list(ResourceType<T> type, Selection selection) {
    return listVersioned(type, selection).map(Listing::items);
  }

  /** Succeeds if a list would, and reads one object at most. */
  public Future<Void> tryList(ResourceType<?> type, Selection selection) {
    return send("GET", type, new ResourceKey(selection.namespace(), ""), "", selectors(selection) + "&limit=1", null, "")
        .mapEmpty();
  }

  <T extends HasMetadata> Future<Listing<T>> listVersioned(ResourceType<T> type, Selection selection) {
    return nextPage(type, selection, "", new ArrayList<>());
  }

  private <T extends HasMetadata> Future<Listing<T>> nextPage(
      ResourceType<T> type, Selection selection, String token, List<T> sofar) {
    String query = selectors(selection) + "&limit=" + PAGE_SIZE + (token.isEmpty() ? "" : "&continue=" + encode(token));
    JavaType pageType = Json.MAPPER.getTypeFactory().constructParametricType(Page.class, type.type());
    return send("GET", type, new ResourceKey(selection.namespace(), ""), "", query, null, "")
        .<Page<T>>map(body -> read(body, pageType))
        .compose(page -> {
          sofar.addAll(page.items());
          return page.last()
              ? Future.succeededFuture(new Listing<>(sofar, page.metadata().resourceVersion()))
              : nextPage(type, selection, page.metadata().continueToken(), sofar);
        });
  }

  /** The body may be a typed object or a tree; its namespace must be the key's. */
  public <T extends HasMetadata> Future<T> create(ResourceType<T> type, String namespace, Object body) {
    return send("POST", type, new ResourceKey(namespace, ""), "", "", Json.MAPPER.valueToTree(body), JSON)
        .map(answer -> read(answer, type.type()));
  }

  public <T extends HasMetadata> Future<T> replace(ResourceType<T> type, ResourceKey key, Object body) {
    return send("PUT", type, key, "", "", Json.MAPPER.valueToTree(body), JSON)
        .map(answer -> read(answer, type.type()));
  }

  /** JSON merge patch (RFC 7386). Put {@code metadata.resourceVersion} into it to refuse a stale write. */
  public <T extends HasMetadata> Future<T> patch(ResourceType<T> type, ResourceKey key, JsonNode mergePatch) {
    return send("PATCH", type, key, "", "", mergePatch, "application/merge-patch+json")
        .map(answer -> read(answer, type.type()));
  }

  public <T extends HasMetadata> Future<T> patchStatus(ResourceType<T> type, ResourceKey key, JsonNode mergePatch) {
    return send("PATCH", type, key, "/status", "", mergePatch, "application/merge-patch+json")
        .map(answer -> read(answer, type.type()));
  }

  public Future<Void> delete(ResourceType<?> type, ResourceKey key, DeleteOptions options) {
    return send("DELETE", type, key, "", "", options.body(), JSON).mapEmpty();
  }

  /** Already gone, or another object of that name by now: both mean that the one meant is gone. */
  public Future<Void> deleteIfPresent(ResourceType<?> type, ResourceKey key, DeleteOptions options) {
    return delete(type, key, options).recover(failure -> switch (failure) {
      case KubeFailure known when known.kind() == KubeFailure.Kind.NOT_FOUND -> Future.succeededFuture();
      // Not only another uid is a conflict: what is still there has yet to be deleted.
      case KubeFailure known when known.kind() == KubeFailure.Kind.CONFLICT && !options.uid().isEmpty() ->
          find(type, key).compose(found -> found.filter(object -> options.uid().equals(object.getMetadata().getUid()))
              .isPresent() ? Future.failedFuture(failure) : Future.succeededFuture());
      default -> Future.failedFuture(failure);
    });
  }

  /** Any other request below the server's root; for pod logs, reviews and version. */
  public Future<byte[]> raw(String method, String pathAndQuery, Optional<ObjectNode> body) {
    return send(method, pathAndQuery, body.orElse(null), JSON, JSON);
  }

  /** Follows the selected objects from a version on. The stream ends by itself after the given time. */
  public <T extends HasMetadata> Cancellable watch(ResourceType<T> type, Selection selection, String resourceVersion,
      Duration lifetime, WatchListener<T> listener) {
    String query = "watch=true&allowWatchBookmarks=true&timeoutSeconds=" + lifetime.toSeconds()
        + (resourceVersion.isEmpty() ? "" : "&resourceVersion=" + encode(resourceVersion)) + selectors(selection);
    String path = type.path(selection.namespace(), "");
    HttpRequest request = http.newHttpRequestBuilder().uri(server + path + "?" + query)
        .header("Accept", accept(type, false)).forStreaming().build();
    WatchStream<T> stream = new WatchStream<>(type.type(), "watch " + type.plural(), listener);
    stream.follow(sent(request, stream));
    return stream;
  }

  /**
   * Runs a command in a container of a Pod. It is a write like any other: {@link Fence.Shut} if the fence is not open.
   *
   * @param command not interpreted by a shell
   */
  public PodCommand exec(ResourceKey pod, String container, List<String> command) {
    fence.check();
    String path = ResourceTypes.PODS.path(pod.namespace(), pod.name()) + "/exec";
    StringBuilder query = new StringBuilder("?stdout=true&stderr=true&container=" + encode(container));
    command.forEach(word -> query.append("&command=").append(encode(word)));
    PodCommand running = new PodCommand("exec " + path);
    running.follow(streams.client().newWebSocketBuilder().uri(URI.create(server + path + query)).subprotocol("v4.channel.k8s.io")
        .buildAsync(running.listener()));
    return running;
  }

  /** A client that has been closed throws; whoever follows is told like of any other end. */
  private CompletableFuture<HttpResponse<AsyncBody>> sent(HttpRequest request, WatchStream<?> stream) {
    try {
      return http.consumeBytes(request, stream);
    } catch (RuntimeException notSent) {
      return CompletableFuture.failedFuture(notSent);
    }
  }

  @Override
  public void close() {
    streams.close();
    http.close();
  }

  private Future<byte[]> send(String method, ResourceType<?> type, ResourceKey key, String subresource, String query,
      JsonNode body, String contentType) {
    if (!ResourceType.isPossible(key.namespace()) || !ResourceType.isPossible(key.name())) {
      return Future.failedFuture(KubeFailure.impossible(type.kind(), key));
    }
    String path = type.path(key.namespace(), key.name()) + subresource + (query.isEmpty() ? "" : "?" + query);
    boolean list = method.equals("GET") && key.name().isEmpty();
    return send(method, path, body, contentType, accept(type, list), list ? "LIST" : method, type.plural());
  }

  private Future<byte[]> send(String method, String path, JsonNode body, String contentType, String accept) {
    return send(method, path, body, contentType, accept, method, "other");
  }

  private Future<byte[]> send(String method, String path, JsonNode body, String contentType, String accept, String verb,
      String resource) {
    long begin = System.nanoTime();
    HttpRequest.Builder builder = http.newHttpRequestBuilder().uri(server + path).header("Accept", accept)
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    if (body != null) {
      builder.method(method, contentType, body.toString());
    } else if (!method.equals("GET")) {
      builder.method(method, null, (String) null);
    }
    String what = method + " " + path.replaceAll("\\?.*", "");
    HttpRequest request = builder.build();
    CompletableFuture<byte[]> answer = budget.spend(
        () -> sent(request, !method.equals("GET") && !harmless(path)), KubeClient::throttled)
        .handle((response, failure) -> {
          if (failure instanceof Fence.Shut shut) {
            throw shut;
          }
          telemetry.request(verb, resource, failure == null ? response.code() : 0,
              Duration.ofNanos(System.nanoTime() - begin));
          if (failure != null) {
            throw KubeFailure.unreachable(what, failure);
          }
          return bodyOf(what, response);
        });
    Context context = Vertx.currentContext();
    Future<byte[]> future = context == null
        ? Future.fromCompletionStage(answer) : Future.fromCompletionStage(answer, context);
    return future.recover(failure -> Future.failedFuture(unwrapped(failure)));
  }

  /** Asked when its turn has come: a request may have waited long for that. */
  private CompletableFuture<HttpResponse<byte[]>> sent(HttpRequest request, boolean write) {
    if (write) {
      fence.check();
    }
    return http.sendAsync(request, byte[].class);
  }

  /** Reviews are questions, though they are posted. */
  private static boolean harmless(String path) {
    return path.startsWith("/apis/authentication.k8s.io/") || path.startsWith("/apis/authorization.k8s.io/");
  }

  /** A stage hides what was thrown inside it, and callers ask for the kind of failure. */
  private static Throwable unwrapped(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
  }

  /** Without a word about how long, a second is long enough for a queue to have moved. */
  private static Optional<Duration> throttled(HttpResponse<?> response) {
    return response.code() == TOO_MANY ? delay(Optional.ofNullable(response.header("Retry-After")))
        .or(() -> Optional.of(USUAL_PAUSE)) : Optional.empty();
  }

  private static Optional<Duration> delay(Optional<String> retryAfter) {
    return retryAfter.filter(text -> text.matches("\\d{1,6}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)));
  }

  private static byte[] bodyOf(String what, HttpResponse<byte[]> response) {
    if (response.isSuccessful()) {
      return response.body();
    }
    throw failure(what, response.code(), response.body(), Optional.ofNullable(response.header("Retry-After")));
  }

  static KubeFailure failure(String what, int code, byte[] body, Optional<String> retryAfter) {
    String reason = "";
    String message = "HTTP " + code;
    try {
      JsonNode status = Json.MAPPER.readTree(body == null ? new byte[0] : body);
      reason = status.path("reason").asText("");
      message = status.path("message").asText(message);
    } catch (IOException notAStatus) {
      message += " with an unreadable body";
    }
    return KubeFailure.of(what, code, reason, message, delay(retryAfter));
  }

  /** A watch that asks for a list of metadata is answered by silence, so only a list may ask for one. */
  private static String accept(ResourceType<?> type, boolean list) {
    if (type.type() != ObjectMetadata.class) {
      return JSON;
    }
    return list ? METADATA_LIST : METADATA;
  }

  private static String selectors(Selection selection) {
    return (selection.labels().isEmpty() ? "" : "&labelSelector=" + encode(selection.labels()))
        + (selection.fields().isEmpty() ? "" : "&fieldSelector=" + encode(selection.fields()));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  static <T> T read(byte[] body, Class<T> type) {
    return read(body, Json.MAPPER.constructType(type));
  }

  private static <T> T read(byte[] body, JavaType type) {
    try {
      return (type.hasRawClass(Secret.class) ? Json.MAPPER : Json.SHARING).readValue(body, type);
    } catch (IOException torn) {
      throw KubeFailure.unreachable("reading the answer", torn);
    }
  }

  record Listing<T>(List<T> items, String resourceVersion) {}
}
