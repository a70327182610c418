package io.snapstash.web;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** {@code /healthz} and {@code /readyz}: 200 or 503 with a short list of checks. They are not routed: they are many. */
final class HealthRoutes {
  private final HealthChecks checks;

  HealthRoutes(HealthChecks checks) {
    this.checks = checks;
  }

  /** False if the request is about something else. */
  boolean answers(HttpServerRequest request) {
    if (!request.method().equals(HttpMethod.GET)) {
      return false;
    }
    switch (request.path()) {
      case "/healthz" -> answer(request.response(), checks.alive());
      case "/readyz" -> answer(request.response(), checks.readiness());
      case null, default -> {
        return false;
      }
    }
    return true;
  }

  private static void answer(HttpServerResponse response, HealthChecks.Answer answer) {
    response.setStatusCode(answer.ok() ? 200 : 503).putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store").putHeader("X-Content-Type-Options", "nosniff").end(answer.json());
  }
}
