package io.snapstash.web;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/status} and {@code /api/events}, for everything or, with {@code ?namespace=}, for one namespace. */
final class StatusRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(StatusRoutes.class);
  private static final long BEAT = 15_000;
  /** A stream opened by a token ends after this time, so that the token is looked at again. */
  private static final long TOKEN_STREAM = 300_000;
  private static final int MOST_CLIENTS = 2000;
  private static final int MOST_NAMESPACES = 200;
  private static final String BEAT_EVENT = ": still here\nevent: beat\ndata: {\"at\":\"%s\"}\n\n";

  private final Vertx vertx;
  private final PictureSource source;
  private final String epoch = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
  private final Map<String, StatusBoard> boards = new HashMap<>();
  private long beats;
  private boolean looked;

  StatusRoutes(Vertx vertx, PictureSource source) {
    this.vertx = vertx;
    this.source = source;
  }

  void mount(Router router) {
    router.get("/api/status").handler(this::status);
    router.get("/api/events").handler(this::events);
    Context context = vertx.getOrCreateContext();
    source.onChange(() -> context.runOnContext(_ -> boards.values().forEach(StatusBoard::touch)));
    beats = vertx.setPeriodic(BEAT, _ -> beat());
  }

  void beat() {
    Buffer beat = Buffer.buffer(BEAT_EVENT.formatted(source.now()));
    boards.values().forEach(board -> board.beat(beat));
    tellWhetherSomebodyLooks();
    boards.entrySet().removeIf(each -> !each.getKey().isEmpty() && each.getValue().clients() == 0);
  }

  void close() {
    vertx.cancelTimer(beats);
    boards.values().forEach(StatusBoard::close);
    tellWhetherSomebodyLooks();
  }

  int clients() {
    return boards.values().stream().mapToInt(StatusBoard::clients).sum();
  }

  private void status(RoutingContext request) {
    board(request).ifPresent(board -> board.current().onComplete(result -> {
      if (result.succeeded()) {
        request.response().putHeader("Content-Type", "application/json").end(result.result());
      } else {
        Answers.problem(request, 500, "no picture could be made");
      }
    }));
  }

  private void events(RoutingContext request) {
    if (clients() >= MOST_CLIENTS) {
      request.response().putHeader("Retry-After", "10");
      Answers.problem(request, 503, "too many listeners");
      return;
    }
    board(request).ifPresent(board -> stream(request, board));
  }

  private void stream(RoutingContext request, StatusBoard board) {
    HttpServerResponse response = request.response();
    response.setChunked(true).putHeader("Content-Type", "text/event-stream; charset=utf-8")
        .putHeader("Cache-Control", "no-store, no-transform").putHeader("X-Accel-Buffering", "no");
    String last = Optional.ofNullable(request.request().getHeader("Last-Event-ID"))
        .orElse(request.request().getParam("lastEventId"));
    Future<StreamClient> subscribed = board.subscribe(response, last);
    subscribed.onSuccess(_ -> tellWhetherSomebodyLooks());
    subscribed.onFailure(failure -> {
      LOG.warn("stream not begun cause=\"{}\"", failure.getMessage(), failure);
      Answers.problem(request, 500, "no picture could be made");
    });
    subscribed.onSuccess(client -> {
      if (response.closed()) {
        leave(board, client);
        return;
      }
      response.closeHandler(_ -> leave(board, client));
      response.exceptionHandler(_ -> leave(board, client));
      if (Boolean.TRUE.equals(request.get(Answers.BY_TOKEN))) {
        vertx.setTimer(TOKEN_STREAM, _ -> {
          leave(board, client);
          client.end();
        });
      }
    });
  }

  private void leave(StatusBoard board, StreamClient client) {
    board.unsubscribe(client);
    tellWhetherSomebodyLooks();
  }

  private void tellWhetherSomebodyLooks() {
    boolean somebody = clients() > 0;
    if (somebody != looked) {
      looked = somebody;
      source.looking(somebody);
    }
  }

  /** Answers itself where there is no board to show. */
  private Optional<StatusBoard> board(RoutingContext request) {
    if (!source.isReady()) {
      request.response().putHeader("Retry-After", "2");
      Answers.problem(request, 503, "starting: not everything has been read yet");
      return Optional.empty();
    }
    String namespace = Answers.namespace(request);
    if (!boards.containsKey(namespace) && boards.size() >= MOST_NAMESPACES) {
      Answers.problem(request, 503, "too many namespaces are being looked at");
      return Optional.empty();
    }
    return Optional.of(boards.computeIfAbsent(namespace, name -> new StatusBoard(vertx, source, name, epoch)));
  }
}
