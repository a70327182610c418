package io.snapstash.sandbox.apiserver;

import io.fabric8.kubernetes.client.Config;
import io.snapstash.engine.Time;
import io.snapstash.wire.Door;
import io.snapstash.wire.Treatment;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Optional;

/**
 * Stands in front of an API server, real or embedded, and keeps the log of requests that the embedded server keeps of
 * itself. Where the kubeconfig has a token, whoever asks here asks there as its user.
 */
public final class FrontDoor {
  /** Who decides what becomes of a request. Asked on an event loop. */
  public interface Keeper {
    /** @param entry what is asked; its status is not known yet */
    Treatment treat(RequestLog.Entry entry, MultiMap query);
  }

  private final RequestLog log;
  private final Door door;

  private FrontDoor(RequestLog log, Door door) {
    this.log = log;
    this.door = door;
  }

  public static Future<FrontDoor> open(Vertx vertx, Config target, Time time) {
    return open(vertx, target, time, (_, _) -> Treatment.PASSES);
  }

  public static Future<FrontDoor> open(Vertx vertx, Config target, Time time, Keeper keeper) {
    RequestLog log = new RequestLog();
    return Door.open(vertx, URI.create(target.getMasterUrl()), time, new Door.Keeper() {
      @Override
      public Treatment treat(HttpServerRequest in, Buffer body) {
        return keeper.treat(entry(in, body, 0), in.params());
      }

      @Override
      public void equip(HttpClientRequest out) {
        token(target).ifPresent(token -> out.putHeader("Authorization", "Bearer " + token));
      }

      @Override
      public void answered(HttpServerRequest in, Buffer body, int status) {
        log.add(entry(in, body, status));
      }

      private RequestLog.Entry entry(HttpServerRequest in, Buffer body, int status) {
        ApiRequest request = ApiRequest.of(in.method().name(), in.path(), in.params(), in.headers(), body);
        return new RequestLog.Entry(time.now(), request.verb(), request.group(), request.resource(),
            request.subresource(), request.namespace(), request.name(), request.header("User-Agent"),
            Users.of(request), status, request.path());
      }
    }).map(door -> new FrontDoor(log, door));
  }

  private static Optional<String> token(Config target) {
    return Optional.ofNullable(target.getOauthToken()).or(() -> Optional.ofNullable(target.getAutoOAuthToken()));
  }

  public String url() {
    return door.url();
  }

  public RequestLog requests() {
    return log;
  }

  /** Whether somebody waits for an answer; open watches do not count. */
  public boolean isBusy() {
    return door.isBusy();
  }

  public Future<Void> close() {
    return door.close();
  }
}
