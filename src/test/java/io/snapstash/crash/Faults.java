package io.snapstash.crash;

import io.snapstash.api.Json;
import io.snapstash.sandbox.apiserver.RequestLog;
import io.snapstash.wire.Treatment;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What goes wrong once with each kind of request that each program makes, of the API server and of the store. */
enum Faults {
  CONFLICT(refused(409, "Conflict", 0), Treatment.PASSES),
  THROTTLED(refused(429, "TooManyRequests", 3), store(503, "SlowDown")),
  SERVER_ERROR(refused(500, "InternalError", 0), store(500, "InternalError")),
  UNAVAILABLE(refused(503, "ServiceUnavailable", 0), store(503, "ServiceUnavailable")),
  TIMEOUT(refused(504, "Timeout", 0), store(504, "GatewayTimeout")),
  NEVER_ARRIVES(new Treatment.CutBefore(), new Treatment.CutBefore()),
  ANSWER_LOST(new Treatment.CutAfter(), new Treatment.CutAfter()),
  ANSWER_TORN(new Treatment.Torn(), new Treatment.Torn()),
  ANSWER_TRUNCATED(new Treatment.Truncated(), Treatment.PASSES),
  /** The store's client waits by the machine's clock, so slowness of the store is not for these stories. */
  ANSWER_SLOW(new Treatment.Slow(Duration.ofSeconds(10)), Treatment.PASSES),
  LATE(new Treatment.Late(Duration.ofSeconds(40)), Treatment.PASSES);

  private final Treatment server;
  private final Treatment store;

  Faults(Treatment server, Treatment store) {
    this.server = server;
    this.store = store;
  }

  Treatment server() {
    return server;
  }

  Treatment store() {
    return store;
  }

  static List<Plight> all() {
    return Arrays.stream(values()).map(fault -> Plight.of(fault.name(), _ -> fault.onceEach())).toList();
  }

  private static Treatment refused(int code, String reason, int retryAfter) {
    return refused(code, reason, "the API server has a bad day", retryAfter);
  }

  static Treatment refused(int code, String reason, String message, int retryAfter) {
    return new Treatment.Answered(code, "application/json", Buffer.buffer(Json.MAPPER.createObjectNode()
        .put("kind", "Status").put("apiVersion", "v1").put("status", "Failure").put("reason", reason)
        .put("message", message).put("code", code).toString()), retryAfter);
  }

  private static Treatment store(int code, String reason) {
    return new Treatment.Answered(code, "application/xml", Buffer.buffer("<?xml version=\"1.0\"?><Error><Code>" + reason
        + "</Code><Message>the store has a bad day</Message></Error>"), 0);
  }

  private Weather onceEach() {
    Set<String> met = ConcurrentHashMap.newKeySet();
    return new Weather() {
      @Override
      public Treatment toServer(RequestLog.Entry request, MultiMap query, Mortal sender) {
        return met.add(sender.kind() + " " + request.what()) ? server : Treatment.PASSES;
      }

      @Override
      public Treatment toStore(HttpMethod method, String key) {
        return met.add(method + " store:" + key.replaceAll(".*/(?=.)", "").replaceAll("\\d{10}", "")) ? store
            : Treatment.PASSES;
      }
    };
  }
}
