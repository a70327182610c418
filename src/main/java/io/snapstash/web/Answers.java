package io.snapstash.web;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** What all routes answer alike. */
final class Answers {
  /** Set on a request that was let in by its token. */
  static final String BY_TOKEN = "by-token";

  private Answers() {}

  /** An answer that has begun cannot be taken back, only broken off. */
  static void problem(RoutingContext request, int status, String message) {
    if (request.response().headWritten()) {
      request.response().reset();
    } else if (!request.response().ended() && !request.response().closed()) {
      request.response().setStatusCode(status).putHeader("Content-Type", "application/json")
          .end(new JsonObject().put("error", message).encode());
    }
  }

  /** Empty for everything. */
  static String namespace(RoutingContext request) {
    String wanted = request.request().getParam("namespace");
    return wanted == null ? "" : wanted;
  }
}
