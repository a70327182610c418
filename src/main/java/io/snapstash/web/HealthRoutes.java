package io.snapstash.web;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** {@code /healthz} and {@code /readyz}: 200 or 503 with a short list of checks. */
final class HealthRoutes {
  private final HealthChecks checks;

  HealthRoutes(HealthChecks checks) {
    this.checks = checks;
  }

  void mount(Router router) {
    router.get("/healthz").handler(request -> answer(request, checks.alive()));
    router.get("/readyz").handler(request -> answer(request, checks.readiness()));
  }

  private static void answer(RoutingContext request, List<HealthChecks.Check> checks) {
    JsonArray list = new JsonArray();
    checks.forEach(check -> list.add(new JsonObject().put("name", check.name()).put("ok", check.ok())));
    boolean ok = checks.stream().allMatch(HealthChecks.Check::ok);
    request.response().setStatusCode(ok ? 200 : 503).putHeader("Content-Type", "application/json")
        .end(list.encode());
  }
}
