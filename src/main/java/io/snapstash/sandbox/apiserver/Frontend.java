package io.snapstash.sandbox.apiserver;

import io.snapstash.engine.Time;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP side: reads requests, lets planned faults happen, writes answers, and keeps the log of both. */
final class Frontend {
  private static final Logger LOG = LoggerFactory.getLogger(Frontend.class);

  private static final int SWITCHING_PROTOCOLS = 101;

  private final Dispatcher dispatcher;
  private final RequestLog log;
  private final FaultPlan faults;
  private final PodExecs execs;
  private final Time time;
  private final Context context;

  Frontend(Dispatcher dispatcher, RequestLog log, FaultPlan faults, PodExecs execs, Time time, Context context) {
    this.dispatcher = dispatcher;
    this.log = log;
    this.faults = faults;
    this.execs = execs;
    this.time = time;
    this.context = context;
  }

  void handle(HttpServerRequest http) {
    if ("websocket".equalsIgnoreCase(http.getHeader(HttpHeaders.UPGRADE))) {
      process(http, ApiRequest.of(http.method().name(), http.path(), http.params(), http.headers(),
          Buffer.buffer()));
      return;
    }
    http.body().onSuccess(body -> process(http,
        ApiRequest.of(http.method().name(), http.path(), http.params(), http.headers(), body)));
  }

  private void process(HttpServerRequest http, ApiRequest request) {
    Optional<FaultPlan.What> fault = faults.take(entry(request, 0));
    switch (fault.orElse(null)) {
      case FaultPlan.What.Status(int code, String reason, String message) ->
          send(http, request, Answer.json(code, Failures.status(code, reason, message)));
      case FaultPlan.What.ResetBeforeCommit() -> reset(http, request);
      case FaultPlan.What.ResetAfterCommit() -> {
        answer(request);
        reset(http, request);
      }
      case FaultPlan.What.FieldDropped(String object, String field) ->
          serve(http, request.withBody(Body.without(request.body(), object, field)));
      case FaultPlan.What.Delay(var by) -> time.schedule(by, () -> context.runOnContext(_ -> serve(http, request)));
      case null -> serve(http, request);
    }
  }

  private void serve(HttpServerRequest http, ApiRequest request) {
    if (request.verb().equals("watch")) {
      watch(http, request);
    } else if (request.subresource().equals("exec") && isWebSocket(request)) {
      exec(http, request);
    } else {
      send(http, request, answer(request));
    }
  }

  private Answer answer(ApiRequest request) {
    try {
      return dispatcher.answer(request);
    } catch (ApiFailure refusal) {
      return Answer.refusal(refusal);
    } catch (RuntimeException mistake) {
      LOG.error("request failed path={}", request.path(), mistake);
      return Answer.refusal(Failures.internal(mistake.toString()));
    }
  }

  private void watch(HttpServerRequest http, ApiRequest request) {
    try {
      Selection selection = dispatcher.watches().check(dispatcher.resource(request), request);
      log.add(entry(request, 200));
      if (isWebSocket(request)) {
        http.toWebSocket().onSuccess(socket ->
            dispatcher.watches().start(selection, request, WatchSink.of(socket)));
        return;
      }
      HttpServerResponse response = http.response().setChunked(true)
          .putHeader(HttpHeaders.CONTENT_TYPE, Answer.JSON).putHeader(HttpHeaders.CACHE_CONTROL, "no-cache, private");
      // The head must go out before the first event: clients wait for it.
      response.write(Buffer.buffer());
      dispatcher.watches().start(selection, request, WatchSink.of(response));
    } catch (ApiFailure refusal) {
      send(http, request, Answer.refusal(refusal));
    }
  }

  private void exec(HttpServerRequest http, ApiRequest request) {
    try {
      PodExecs.Command command = PodExecs.check(dispatcher.pod(request), request);
      log.add(entry(request, SWITCHING_PROTOCOLS));
      http.toWebSocket().onSuccess(socket -> execs.serve(command, socket));
    } catch (ApiFailure refusal) {
      send(http, request, Answer.refusal(refusal));
    }
  }

  private static boolean isWebSocket(ApiRequest request) {
    return "websocket".equalsIgnoreCase(request.header("Upgrade"));
  }

  private void reset(HttpServerRequest http, ApiRequest request) {
    log.add(entry(request, 0));
    http.connection().close();
  }

  private void send(HttpServerRequest http, ApiRequest request, Answer answer) {
    log.add(entry(request, answer.code()));
    HttpServerResponse response = http.response();
    if (response.closed()) {
      return;
    }
    response.setStatusCode(answer.code()).putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType())
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache, private");
    answer.warnings().forEach(warning -> response.headers()
        .add("Warning", "299 - \"" + warning.replace("\\", "\\\\").replace("\"", "\\\"") + "\""));
    response.end(answer.body());
  }

  private RequestLog.Entry entry(ApiRequest request, int status) {
    return new RequestLog.Entry(time.now(), request.verb(), request.group(), request.resource(), request.subresource(),
        request.namespace(), request.name(), request.header("User-Agent"), Users.of(request), status, request.path());
  }
}
