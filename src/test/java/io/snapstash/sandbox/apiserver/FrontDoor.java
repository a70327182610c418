package io.snapstash.sandbox.apiserver;

import io.fabric8.kubernetes.client.Config;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands in front of a real API server and keeps the log of requests that the embedded server keeps of itself. Whoever
 * asks here asks there as the user of the kubeconfig.
 */
public final class FrontDoor {
  private static final Set<String> OWN = Set.of("host", "authorization", "content-length", "transfer-encoding",
      "connection");
  private static final int CONNECTIONS = 500;

  private final Config target;
  private final HttpClient client;
  private final RequestLog log = new RequestLog();
  private final AtomicInteger underWay = new AtomicInteger();
  private HttpServer server;

  private FrontDoor(Vertx vertx, Config target) {
    this.target = target;
    URI address = URI.create(target.getMasterUrl());
    this.client = vertx.createHttpClient(new HttpClientOptions().setSsl("https".equals(address.getScheme()))
        .setTrustAll(true).setVerifyHost(false).setMaxPoolSize(CONNECTIONS).setDefaultHost(address.getHost())
        .setDefaultPort(address.getPort()));
  }

  public static Future<FrontDoor> open(Vertx vertx, Config target) {
    FrontDoor door = new FrontDoor(vertx, target);
    return vertx.createHttpServer().requestHandler(in -> in.body().onSuccess(body -> door.pass(in, body)))
        .listen(0, "127.0.0.1").map(listening -> {
          door.server = listening;
          return door;
        });
  }

  public String url() {
    return "http://127.0.0.1:" + server.actualPort() + "/";
  }

  public RequestLog requests() {
    return log;
  }

  /** Whether somebody waits for an answer; open watches do not count. */
  public boolean isBusy() {
    return underWay.get() > 0;
  }

  private void pass(HttpServerRequest in, Buffer body) {
    ApiRequest request = ApiRequest.of(in.method().name(), in.path(), in.params(), in.headers(), body);
    underWay.incrementAndGet();
    client.request(new RequestOptions().setMethod(in.method()).setURI(in.uri())).compose(out -> {
      in.headers().forEach(header -> {
        if (!OWN.contains(header.getKey().toLowerCase())) {
          out.putHeader(header.getKey(), header.getValue());
        }
      });
      out.putHeader("Authorization", "Bearer " + token());
      in.response().closeHandler(_ -> out.reset());
      return out.send(body);
    }).onComplete(answer -> {
      underWay.decrementAndGet();
      log.add(entry(request, answer.succeeded() ? answer.result().statusCode() : 0));
      if (answer.succeeded()) {
        send(answer.result(), in.response());
      } else {
        in.connection().close();
      }
    });
  }

  private String token() {
    return target.getOauthToken() == null ? target.getAutoOAuthToken() : target.getOauthToken();
  }

  private static void send(HttpClientResponse answer, HttpServerResponse response) {
    response.setStatusCode(answer.statusCode()).setChunked(true);
    answer.headers().forEach(header -> {
      if (!OWN.contains(header.getKey().toLowerCase())) {
        response.putHeader(header.getKey(), header.getValue());
      }
    });
    response.write(Buffer.buffer());
    answer.pipeTo(response);
  }

  private static RequestLog.Entry entry(ApiRequest request, int status) {
    return new RequestLog.Entry(Instant.now(), request.verb(), request.group(), request.resource(),
        request.subresource(), request.namespace(), request.name(), request.header("User-Agent"), Users.of(request),
        status, request.path());
  }

  public Future<Void> close() {
    return server.close().compose(_ -> client.close());
  }
}
