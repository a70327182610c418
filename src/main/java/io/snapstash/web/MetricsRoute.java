package io.snapstash.web;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** {@code /metrics}: Prometheus text, or OpenMetrics for those who ask for it. */
final class MetricsRoute {
  private record Text(String type, byte[] content) {}

  private final Vertx vertx;
  private final Exposition metrics;

  MetricsRoute(Vertx vertx, Exposition metrics) {
    this.vertx = vertx;
    this.metrics = metrics;
  }

  void mount(Router router) {
    router.get("/metrics").handler(request -> {
      String accept = Optional.ofNullable(request.request().getHeader("Accept")).orElse("");
      vertx.executeBlocking(() -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        return new Text(metrics.write(accept, out), out.toByteArray());
      }, false).onComplete(result -> {
        if (result.succeeded()) {
          request.response().putHeader("Content-Type", result.result().type())
              .end(Buffer.buffer(result.result().content()));
        } else {
          Answers.problem(request, 500, "metrics could not be written");
        }
      });
    });
  }
}
