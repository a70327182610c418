package io.snapstash.wire;

import io.snapstash.engine.Time;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Stands in front of a server and passes on what it is sent as it is, unless its keeper wants something else. What is
 * upgraded (web sockets) always passes.
 */
public final class Door {
  private static final Set<String> OWN = Set.of("connection", "expect", "content-length", "transfer-encoding");
  private static final int CONNECTIONS = 5_000;
  private static final int LONGEST_LINE = 64 * 1024;
  private static final int PIECES = 4;

  /** Who decides. Asked on an event loop. */
  public interface Keeper {
    Treatment treat(HttpServerRequest in, Buffer body);

    /** Before a request is passed on with the headers that it came with. */
    default void equip(HttpClientRequest out) {}

    /** @param status 0 if there was no answer */
    default void answered(HttpServerRequest in, Buffer body, int status) {}
  }

  private final HttpClient client;
  private final Time time;
  private final Context context;
  private final Keeper keeper;
  private final AtomicInteger underWay = new AtomicInteger();
  private HttpServer server;

  private Door(Vertx vertx, URI target, Time time, Keeper keeper) {
    this.time = time;
    this.keeper = keeper;
    this.context = vertx.getOrCreateContext();
    this.client = vertx.createHttpClient(new HttpClientOptions().setSsl("https".equals(target.getScheme()))
        .setTrustAll(true).setVerifyHost(false).setMaxPoolSize(CONNECTIONS).setDefaultHost(target.getHost())
        .setDefaultPort(target.getPort()));
  }

  /** @param time by which whatever is late is late */
  public static Future<Door> open(Vertx vertx, URI target, Time time, Keeper keeper) {
    Door door = new Door(vertx, target, time, keeper);
    return vertx.createHttpServer(new HttpServerOptions().setHandle100ContinueAutomatically(true)
        .setMaxInitialLineLength(LONGEST_LINE).setMaxHeaderSize(LONGEST_LINE)).requestHandler(door::receive)
        .exceptionHandler(_ -> { }).listen(0, "127.0.0.1").map(listening -> {
          door.server = listening;
          return door;
        });
  }

  public String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  /** Whether somebody waits for an answer; open watches do not count, nor does what waits for its time. */
  public boolean isBusy() {
    return underWay.get() > 0;
  }

  private void receive(HttpServerRequest in) {
    if (in.headers().contains(HttpHeaders.UPGRADE)) {
      in.pause();
      tunnel(in);
    } else {
      in.body().onSuccess(body -> treat(in, body));
    }
  }

  private void treat(HttpServerRequest in, Buffer body) {
    switch (keeper.treat(in, body)) {
      case Treatment.Answered(int code, String type, Buffer answer, int retryAfter) -> {
        keeper.answered(in, body, code);
        in.response().setStatusCode(code).putHeader(HttpHeaders.CONTENT_TYPE, type);
        if (retryAfter > 0) {
          in.response().putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(retryAfter));
        }
        in.response().end(answer);
      }
      case Treatment.CutBefore() -> {
        keeper.answered(in, body, 0);
        in.connection().close();
      }
      case Treatment.Late(Duration by) -> after(by, () -> pass(in, body, Treatment.PASSES));
      case Treatment other -> pass(in, body, other);
    }
  }

  private void after(Duration delay, Runnable action) {
    time.schedule(delay, () -> context.runOnContext(_ -> action.run()));
  }

  private Future<HttpClientRequest> request(HttpServerRequest in) {
    return client.request(new RequestOptions().setMethod(in.method()).setURI(in.uri())).onSuccess(out -> {
      in.headers().forEach(header -> {
        if (!OWN.contains(header.getKey().toLowerCase())) {
          out.putHeader(header.getKey(), header.getValue());
        }
      });
      keeper.equip(out);
    });
  }

  private void pass(HttpServerRequest in, Buffer body, Treatment treatment) {
    underWay.incrementAndGet();
    AtomicBoolean over = new AtomicBoolean();
    request(in).compose(out -> {
      in.response().closeHandler(_ -> reset(out, over));
      return out.send(body);
    }).onComplete(answer -> {
      underWay.decrementAndGet();
      keeper.answered(in, body, answer.succeeded() ? answer.result().statusCode() : 0);
      if (answer.failed()) {
        in.connection().close();
      } else {
        answer.result().end().onComplete(_ -> over.set(true));
        copyHead(answer.result(), in.response());
        give(in, answer.result(), treatment, over);
      }
    });
  }

  /** A request that is over must not be reset: its connection is somebody else's by now. */
  private static void reset(HttpClientRequest out, AtomicBoolean over) {
    if (!over.getAndSet(true)) {
      out.reset();
    }
  }

  private static void copyHead(HttpClientResponse answer, HttpServerResponse response) {
    response.setStatusCode(answer.statusCode());
    answer.headers().forEach(header -> {
      if (!OWN.contains(header.getKey().toLowerCase())) {
        response.putHeader(header.getKey(), header.getValue());
      }
    });
  }

  private void give(HttpServerRequest in, HttpClientResponse answer, Treatment treatment, AtomicBoolean over) {
    HttpServerResponse response = in.response();
    if (in.method().equals(HttpMethod.HEAD)) {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, answer.getHeader(HttpHeaders.CONTENT_LENGTH)).end();
      return;
    }
    boolean endless = answer.getHeader(HttpHeaders.CONTENT_LENGTH) == null;
    switch (treatment) {
      case Treatment.Viewed(var view) when answer.statusCode() < 300 -> show(in, answer, view, over);
      case Treatment.CutAfter() -> in.connection().close();
      case Treatment.Torn() -> answer.body().onComplete(_ -> in.connection().close(), _ -> in.connection().close());
      case Treatment.Passes() when endless -> {
        answer.exceptionHandler(_ -> { });
        response.setChunked(true).write(Buffer.buffer());
        answer.pipeTo(response);
      }
      default -> answer.body().onSuccess(whole -> give(in, whole, treatment))
          .onFailure(_ -> in.connection().close());
    }
  }

  private void give(HttpServerRequest in, Buffer whole, Treatment treatment) {
    HttpServerResponse response = in.response();
    switch (treatment) {
      case Treatment.Truncated() -> response.end(whole.slice(0, whole.length() / 2));
      case Treatment.Slow(Duration pause) -> {
        response.setChunked(true);
        trickle(response, whole, 0, pause);
      }
      case Treatment.Observed(var observer) -> {
        observer.accept(whole);
        response.end(whole);
      }
      default -> response.end(whole);
    }
  }

  private void trickle(HttpServerResponse response, Buffer whole, int from, Duration pause) {
    int to = Math.min(whole.length(), from + whole.length() / PIECES + 1);
    response.write(whole.slice(from, to));
    after(pause, () -> {
      if (response.closed()) {
        return;
      }
      if (to == whole.length()) {
        response.end();
      } else {
        trickle(response, whole, to, pause);
      }
    });
  }

  private void show(HttpServerRequest in, HttpClientResponse answer, Function<View.Out, View> view,
      AtomicBoolean over) {
    HttpServerResponse response = in.response().setChunked(true);
    response.write(Buffer.buffer());
    AtomicBoolean closed = new AtomicBoolean();
    response.closeHandler(_ -> {
      closed.set(true);
      reset(answer.request(), over);
    });
    View shown = view.apply(new View.Out() {
      @Override
      public void send(String line) {
        if (!closed.get()) {
          response.write(line + "\n");
        }
      }

      @Override
      public void end() {
        if (!closed.getAndSet(true)) {
          response.end();
          reset(answer.request(), over);
        }
      }

      @Override
      public void cut() {
        if (!closed.get()) {
          in.connection().close();
        }
      }
    });
    answer.handler(RecordParser.newDelimited("\n", line -> {
      if (!closed.get()) {
        shown.line(line.toString());
      }
    }));
    answer.exceptionHandler(_ -> shown.ended());
    answer.endHandler(_ -> shown.ended());
  }

  private void tunnel(HttpServerRequest in) {
    request(in).compose(out -> {
      in.headers().getAll(HttpHeaders.CONNECTION).forEach(value -> out.putHeader(HttpHeaders.CONNECTION, value));
      return out.connect();
    }).onSuccess(answer -> {
      keeper.answered(in, Buffer.buffer(), answer.statusCode());
      copyHead(answer, in.response());
      if (answer.statusCode() != 101) {
        answer.body().onSuccess(in.response()::end);
        return;
      }
      in.response().putHeader(HttpHeaders.CONNECTION, answer.getHeader(HttpHeaders.CONNECTION));
      NetSocket far = answer.netSocket();
      in.toNetSocket().onSuccess(near -> {
        near.closeHandler(_ -> far.close());
        far.closeHandler(_ -> near.close());
        near.handler(far::write);
        far.handler(near::write);
      });
    }).onFailure(_ -> in.connection().close());
  }

  public Future<Void> close() {
    return server.close().compose(_ -> client.close());
  }
}
