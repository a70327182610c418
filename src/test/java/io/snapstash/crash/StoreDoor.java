package io.snapstash.crash;

import io.snapstash.engine.Time;
import io.snapstash.wire.Door;
import io.snapstash.wire.Treatment;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The way to an S3 server, as bad as the run that a key belongs to wants it: keys are
 * {@code <namespace of the run>/...}.
 */
final class StoreDoor implements Door.Keeper {
  private static final Set<HttpMethod> WRITES = Set.of(HttpMethod.PUT, HttpMethod.POST, HttpMethod.DELETE);

  private final Map<String, CrashRun> runs = new ConcurrentHashMap<>();
  private final List<String> writes = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private Door door;

  static Future<StoreDoor> open(Vertx vertx, String endpoint, Time time) {
    StoreDoor keeper = new StoreDoor();
    return Door.open(vertx, URI.create(endpoint), time, keeper).map(door -> {
      keeper.door = door;
      return keeper;
    });
  }

  String endpoint() {
    return door.url();
  }

  void know(String namespace, CrashRun run) {
    runs.put(namespace, run);
  }

  /** How many writes to keys of this namespace have come here and were answered or lost on the way back. */
  synchronized long writesIn(String namespace) {
    return writes.stream().filter(namespace::equals).count();
  }

  synchronized void forgetThePast() {
    writes.clear();
    asked.clear();
  }

  /** Method and path of every request since then. */
  synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public synchronized void answered(HttpServerRequest in, Buffer body, int status) {
    asked.add(in.method() + " store:" + in.path());
  }

  @Override
  public Treatment treat(HttpServerRequest in, Buffer body) {
    String[] path = in.path().split("/", 4);
    boolean list = path.length < 4 && in.method().equals(HttpMethod.GET) && in.getParam("prefix") != null;
    CrashRun run = runs.get(list ? in.getParam("prefix").replaceAll("/.*", "") : path.length > 2 ? path[2] : "");
    return run == null ? Treatment.PASSES : treat(in, run, path.length > 3 ? path[3] : "");
  }

  private Treatment treat(HttpServerRequest in, CrashRun run, String key) {
    Mortal process = run.leader();
    if (process.isDead()) {
      return new Treatment.CutBefore();
    }
    Treatment weather = run.struck(run.weather().toStore(in.method(), key));
    if (!WRITES.contains(in.method()) || !weather.equals(Treatment.PASSES)) {
      return weather;
    }
    synchronized (this) {
      writes.add(run.namespace());
    }
    return run.trouble().meet(in.method() + " store:" + key, process).onTheWire();
  }

  Future<Void> close() {
    return door.close();
  }
}
