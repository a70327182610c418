package io.snapstash.web;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the operator shows of itself over HTTP/1.1 and, without TLS, HTTP/2: probes and metrics to everybody who reaches
 * the port, the page and its data to those whom {@link Access} lets in. Every path gets an answer.
 */
public final class WebVerticle extends AbstractVerticle {
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  private static final int SEND_BUFFER = 64 << 10;

  /** What there is to be shown besides health, and to whom. */
  public record Show(PictureSource source, Access access, Exposition metrics) {}

  private final String host;
  private final int port;
  private final HealthChecks checks;
  private final Optional<Show> show;
  private HttpServer server;
  private Optional<StatusRoutes> status = Optional.empty();

  /** Health alone. Port 0 takes any free one; see {@link #port()}. */
  public WebVerticle(String host, int port, HealthChecks checks) {
    this(host, port, checks, Optional.empty());
  }

  public WebVerticle(String host, int port, HealthChecks checks, Optional<Show> show) {
    this.host = host;
    this.port = port;
    this.checks = checks;
    this.show = show;
  }

  @Override
  public void start(Promise<Void> started) {
    Router router = Router.router(vertx);
    router.route().handler(WebVerticle::secure);
    show.ifPresent(shown -> {
      new MetricsRoute(vertx, shown.metrics()).mount(router);
      router.route().handler(request -> admit(request, shown.access()));
      StatusRoutes routes = new StatusRoutes(vertx, shown.source());
      routes.mount(router);
      status = Optional.of(routes);
      Page.mount(router);
    });
    router.route().last().handler(request -> Answers.problem(request, 404, "no such page"));
    HealthRoutes health = new HealthRoutes(checks);
    // The kernel would keep megabytes for each listener that takes nothing, and count them as ours.
    HttpServerOptions options = new HttpServerOptions().setHost(host).setPort(port).setSendBufferSize(SEND_BUFFER);
    vertx.createHttpServer(options).requestHandler(request -> {
      if (!health.answers(request)) {
        router.handle(request);
      }
    }).listen()
        .<Void>map(listening -> {
          server = listening;
          return null;
        }).onComplete(started);
  }

  @Override
  public void stop() {
    status.ifPresent(StatusRoutes::close);
  }

  private static void secure(RoutingContext request) {
    HttpServerResponse response = request.response();
    response.putHeader("X-Content-Type-Options", "nosniff").putHeader("Cache-Control", "no-store")
        .putHeader("X-Frame-Options", "DENY").putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    if (request.request().method().equals(HttpMethod.GET)) {
      request.next();
    } else {
      response.putHeader("Allow", "GET");
      Answers.problem(request, 405, "this can only be looked at");
    }
  }

  private static void admit(RoutingContext request, Access access) {
    String namespace = Answers.namespace(request);
    if (!namespace.isEmpty() && !NAMESPACE.matcher(namespace).matches()) {
      Answers.problem(request, 400, "that is no namespace");
      return;
    }
    access.judge(request.request(), namespace).onSuccess(verdict -> {
      switch (verdict) {
        case LOCAL -> request.next();
        case TOKEN -> request.put(Answers.BY_TOKEN, true).next();
        case NO_TOKEN, BAD_TOKEN -> {
          request.response().putHeader("WWW-Authenticate", "Bearer");
          Answers.problem(request, 401, "come by kubectl port-forward, or with a token that the cluster accepts");
        }
        case FORBIDDEN -> Answers.problem(request, 403, "needs the right to list backupsessions.core.kubestash.com "
            + (namespace.isEmpty() ? "in all namespaces; ?namespace= asks for one" : "in namespace " + namespace));
        case UNKNOWN -> Answers.problem(request, 503, "the API server could not be asked about the token");
      }
    });
  }

  /** How many listen to the stream. */
  Future<Integer> listeners() {
    Promise<Integer> told = Promise.promise();
    context.runOnContext(_ -> told.complete(status.map(StatusRoutes::clients).orElse(0)));
    return told.future();
  }

  /** What the timer does every 15 seconds. */
  void beat() {
    context.runOnContext(_ -> status.ifPresent(StatusRoutes::beat));
  }

  /** The port that is served, once started. */
  public int port() {
    return server.actualPort();
  }
}
