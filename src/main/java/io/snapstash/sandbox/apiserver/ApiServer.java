package io.snapstash.sandbox.apiserver;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A Kubernetes API server in memory: HTTP/1.1 on 127.0.0.1, without TLS and without access control. What it holds is
 * lost when it is closed. Nothing else of a cluster is here; whoever needs controllers runs them as clients.
 */
public final class ApiServer {
  private static final int LONGEST_LINE = 64 * 1024;

  private final Vertx vertx;
  private final RequestLog requests = new RequestLog();
  private final FaultPlan faults = new FaultPlan();
  private final PodLogs logs = new PodLogs();
  private final PodExecs execs = new PodExecs();
  private String deployment;
  private Context context;
  private HttpServer http;
  private Dispatcher dispatcher;

  private ApiServer(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Completes when the server listens; fails if the port is taken. */
  public static Future<ApiServer> start(Vertx vertx, ApiServerOptions options) {
    ApiServer server = new ApiServer(vertx);
    Future<Void> prepared = vertx.executeBlocking(() -> {
      Decoding.prepare();
      return null;
    }, false);
    Future<String> deployed = vertx.deployVerticle(server.verticle(options));
    return prepared.compose(_ -> deployed).map(deployment -> {
      server.deployment = deployment;
      return server;
    });
  }

  /** A verticle only to have an event loop of its own. */
  private AbstractVerticle verticle(ApiServerOptions options) {
    return new AbstractVerticle() {
      @Override
      public void start(Promise<Void> started) {
        ApiServer.this.context = context;
        dispatcher = new Dispatcher(options, context, logs);
        Frontend frontend = new Frontend(dispatcher, requests, faults, execs, options.time(), context);
        HttpServerOptions listening = new HttpServerOptions().setHost("127.0.0.1").setPort(options.port())
            .setMaxInitialLineLength(LONGEST_LINE).setMaxHeaderSize(LONGEST_LINE).setCompressionSupported(false)
            .setWebSocketSubProtocols(PodExecs.PROTOCOLS);
        http = vertx.createHttpServer(listening).requestHandler(frontend::handle)
            .exceptionHandler(_ -> { });
        http.listen().<Void>mapEmpty().onComplete(started);
      }

      @Override
      public void stop(Promise<Void> stopped) {
        dispatcher.watches().endAll("");
        http.close().onComplete(stopped);
      }
    };
  }

  public String url() {
    return "http://127.0.0.1:" + http.actualPort();
  }

  public RequestLog requests() {
    return requests;
  }

  public FaultPlan faults() {
    return faults;
  }

  /** What {@code pods/exec} does. */
  public PodExecs execs() {
    return execs;
  }

  /** What {@code pods/log} answers. */
  public PodLogs logs() {
    return logs;
  }

  /** As etcd's compaction does: watches from earlier versions and pages begun before are Gone. */
  public Future<Void> forgetHistory() {
    return onContext(dispatcher.store()::forgetHistory);
  }

  /** Ends every open watch at once, as a restart of the real server would. */
  public Future<Void> endWatches() {
    return onContext(() -> dispatcher.watches().endAll(""));
  }

  private Future<Void> onContext(Runnable action) {
    Promise<Void> done = Promise.promise();
    context.runOnContext(_ -> {
      action.run();
      done.complete();
    });
    return done.future();
  }

  /** For kubectl and any client library. */
  public void writeKubeconfig(Path file) {
    writeKubeconfig(file, "admin");
  }

  /** As above, for requests in the name of that user. */
  public void writeKubeconfig(Path file, String user) {
    String text = """
        apiVersion: v1
        kind: Config
        clusters:
        - name: sandbox
          cluster:
            server: %s
        users:
        - name: admin
          user:
            token: "%s"
        contexts:
        - name: sandbox
          context:
            cluster: sandbox
            user: admin
            namespace: default
        current-context: sandbox
        """.formatted(url(), user);
    try {
      Files.writeString(file, text, StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Stops listening, ends watches, forgets everything. */
  public Future<Void> close() {
    return vertx.undeploy(deployment);
  }
}
