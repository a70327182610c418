package io.snapstash.crash;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands in front of an S3 server, passes on what it is sent as it is, and breaks connections as the run that a key
 * belongs to wants it: keys are {@code <namespace of the run>/...}.
 */
final class StoreDoor {
  private static final Set<HttpMethod> WRITES = Set.of(HttpMethod.PUT, HttpMethod.POST, HttpMethod.DELETE);
  private static final Set<String> OWN = Set.of("connection", "expect", "content-length", "transfer-encoding");
  private static final int CONNECTIONS = 100;

  private final HttpClient client;
  private final Map<String, CrashRun> runs = new ConcurrentHashMap<>();
  private final List<String> writes = new ArrayList<>();
  private HttpServer server;

  private StoreDoor(Vertx vertx, URI target) {
    client = vertx.createHttpClient(new HttpClientOptions().setDefaultHost(target.getHost())
        .setDefaultPort(target.getPort()).setMaxPoolSize(CONNECTIONS));
  }

  static Future<StoreDoor> open(Vertx vertx, String endpoint) {
    StoreDoor door = new StoreDoor(vertx, URI.create(endpoint));
    return vertx.createHttpServer(new HttpServerOptions().setHandle100ContinueAutomatically(true))
        .requestHandler(in -> in.body().onSuccess(body -> door.decide(in, body))).listen(0, "127.0.0.1")
        .map(listening -> {
          door.server = listening;
          return door;
        });
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  void know(String namespace, CrashRun run) {
    runs.put(namespace, run);
  }

  /** How many writes to keys of this namespace have come here and were answered or lost on the way back. */
  synchronized long writesIn(String namespace) {
    return writes.stream().filter(namespace::equals).count();
  }

  private void decide(HttpServerRequest in, Buffer body) {
    String[] path = in.path().split("/", 4);
    CrashRun run = path.length > 2 ? runs.get(path[2]) : null;
    Verdict verdict = run == null ? Verdict.PASSES : verdict(in, run, path.length > 3 ? path[3] : "");
    switch (verdict) {
      case NEVER_ARRIVES -> in.connection().close();
      case ANSWER_LOST -> pass(in, body, false);
      case PASSES -> pass(in, body, true);
    }
  }

  private Verdict verdict(HttpServerRequest in, CrashRun run, String key) {
    Mortal process = run.leader();
    if (process.isDead()) {
      return Verdict.NEVER_ARRIVES;
    }
    if (!WRITES.contains(in.method())) {
      return Verdict.PASSES;
    }
    synchronized (this) {
      writes.add(run.namespace());
    }
    return run.trouble().meet(in.method() + " store:" + key, process);
  }

  /** The signature covers the address that was asked, so that stays as it came. */
  private void pass(HttpServerRequest in, Buffer body, boolean answered) {
    client.request(new RequestOptions().setMethod(in.method()).setURI(in.uri())).compose(out -> {
      in.headers().forEach(header -> {
        if (!OWN.contains(header.getKey().toLowerCase())) {
          out.putHeader(header.getKey(), header.getValue());
        }
      });
      return out.send(body);
    }).compose(answer -> answer.body().onSuccess(content -> {
      if (!answered) {
        in.connection().close();
        return;
      }
      in.response().setStatusCode(answer.statusCode());
      answer.headers().forEach(header -> {
        if (!OWN.contains(header.getKey().toLowerCase())) {
          in.response().putHeader(header.getKey(), header.getValue());
        }
      });
      if (in.method().equals(HttpMethod.HEAD)) {
        in.response().putHeader("content-length", answer.getHeader("content-length")).end();
      } else {
        in.response().end(content);
      }
    })).onFailure(_ -> in.connection().close());
  }

  Future<Void> close() {
    return server.close().compose(_ -> client.close());
  }
}
