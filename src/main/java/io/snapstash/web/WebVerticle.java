package io.snapstash.web;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;

/** What the operator shows of itself over HTTP. Every path gets an answer. */
public final class WebVerticle extends AbstractVerticle {
  private final String host;
  private final int port;
  private final HealthChecks checks;
  private HttpServer server;

  /** Port 0 takes any free one; see {@link #port()}. */
  public WebVerticle(String host, int port, HealthChecks checks) {
    this.host = host;
    this.port = port;
    this.checks = checks;
  }

  @Override
  public void start(Promise<Void> started) {
    Router router = Router.router(vertx);
    router.route().handler(request -> {
      request.response().putHeader("X-Content-Type-Options", "nosniff").putHeader("Cache-Control", "no-store")
          .putHeader("X-Frame-Options", "DENY").putHeader("Content-Security-Policy", "default-src 'none'");
      request.next();
    });
    new HealthRoutes(checks).mount(router);
    router.route().last().handler(request -> request.response().setStatusCode(404)
        .putHeader("Content-Type", "application/json").end(new JsonObject().put("error", "no such page").encode()));
    vertx.createHttpServer(new HttpServerOptions().setHost(host).setPort(port)).requestHandler(router).listen()
        .<Void>map(listening -> {
          server = listening;
          return null;
        }).onComplete(started);
  }

  /** The port that is served, once started. */
  public int port() {
    return server.actualPort();
  }
}
