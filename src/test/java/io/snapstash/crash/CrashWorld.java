package io.snapstash.crash;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.snapstash.api.BackupStorageSpec;
import io.snapstash.api.BackupStorageSpecBuilder;
import io.snapstash.api.S3BackendBuilder;
import io.snapstash.api.StorageBackendBuilder;
import io.snapstash.engine.ResourceKey;
import io.snapstash.engine.Time;
import io.snapstash.fixtures.Loops;
import io.snapstash.fixtures.Quiet;
import io.snapstash.kube.KubeClient;
import io.snapstash.sandbox.Bucket;
import io.snapstash.sandbox.ManualTime;
import io.snapstash.sandbox.OperatorProcess;
import io.snapstash.sandbox.Programs;
import io.snapstash.sandbox.World;
import io.snapstash.sandbox.apiserver.ApiServer;
import io.snapstash.sandbox.apiserver.ApiServerOptions;
import io.snapstash.sandbox.apiserver.FrontDoor;
import io.snapstash.sandbox.apiserver.PodExecs;
import io.snapstash.sandbox.cluster.Behaviour;
import io.snapstash.sandbox.cluster.DiskArray;
import io.snapstash.sandbox.storage.S3Server;
import io.snapstash.storage.LocalFolders;
import io.snapstash.storage.ObjectStore;
import io.snapstash.storage.StoreFactory;
import io.snapstash.storage.StoreLimits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A cluster for many runs of one story side by side. API server, simulators and operators share one event loop, so that
 * requests come one after the other, whatever the machine does beside.
 */
final class CrashWorld implements AutoCloseable {
  private static final Instant START = Instant.parse("2026-03-02T08:00:20Z");
  private static final Duration STEP = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration HURRY = Duration.ofSeconds(3);
  private static final Duration LONG_STEP = Duration.ofSeconds(30);
  /** One event loop that is asked whether it is late: less silence is enough than in other stories. */
  private static final Duration CALM = Duration.ofMillis(25);
  private static final int ANSWER_SECONDS = 60;
  private static final String KEY = "crash";
  private static final String SECRET = "crash-secret";
  private static final AtomicInteger BUCKETS = new AtomicInteger();
  private static S3Server store;

  private final Vertx vertx;
  private final ManualTime time;
  private final ApiServer server;
  private final Optional<FrontDoor> front;
  private final Config programs;
  private final StoreDoor door;
  private final Tribunal tribunal = new Tribunal();
  private final World world;
  private final Quiet quiet;
  private final Map<String, CrashRun> runs = new LinkedHashMap<>();

  private CrashWorld(Instant begin, DiskArray disks, String bucket, boolean throughDoor) {
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    time = new ManualTime(begin);
    server = await(ApiServer.start(vertx, new ApiServerOptions(0, time)));
    Config connection = connection(server.url());
    front = throughDoor ? Optional.of(await(FrontDoor.open(vertx, connection, time, tribunal::treat)))
        : Optional.empty();
    programs = front.map(door -> connection(door.url())).orElse(connection);
    if (front.isEmpty()) {
      tribunal.sitAt(server.faults());
    }
    door = await(StoreDoor.open(vertx, store().endpoint(), time));
    server.execs().by(this::exec);
    world = await(World.start(new World.Parts(vertx, time, connection, new Bucket(door.endpoint(), bucket, KEY, SECRET),
        Behaviour.instant(), disks, new MortalContainers(vertx, programs, time, tribunal,
        namespace -> Optional.ofNullable(runs.get(namespace))), OperatorProcess.none())));
    Loops loops = new Loops(vertx);
    quiet = new Quiet(() -> server.requests().size() + front.map(door -> door.requests().size()).orElse(0),
        () -> ObjectStore.underWay() > 0 || loops.areLate() || front.filter(FrontDoor::isBusy).isPresent(), CALM);
    installCatalogue();
  }

  private static Config connection(String url) {
    return new ConfigBuilder(Config.empty()).withMasterUrl(url).withTrustCerts(true).build();
  }

  /** @param throughDoor whether the programs reach the API server by a door: slower, but whatever weather can be played */
  static CrashWorld start(boolean throughDoor) {
    String bucket = "crash-" + BUCKETS.incrementAndGet();
    store().createBucket(bucket);
    return new CrashWorld(START, new DiskArray(), bucket, throughDoor);
  }

  /** After a disaster: a new, empty cluster on the array and in the bucket of one that is lost. */
  CrashWorld startOver() {
    return new CrashWorld(time.now(), world.parts().disks(), world.parts().store().name(), front.isPresent());
  }

  private static synchronized S3Server store() {
    if (store == null) {
      store = S3Server.start(KEY, SECRET);
    }
    return store;
  }

  /** What every operator makes when there is none yet would otherwise be made by the first of the runs. */
  private void installCatalogue() {
    CrashRun installer = run("installer", _ -> Weather.CLEAR);
    await(installer.startOperator(false));
    settle();
    installer.killAll();
    installer.bury();
  }

  /** A run in a namespace of that name. */
  CrashRun run(String namespace, Function<Time, Weather> weather) {
    CrashRun run = new CrashRun(this, namespace, weather.apply(time));
    runs.put(namespace, run);
    door.know(namespace, run);
    run.apply("{apiVersion: v1, kind: Namespace, metadata: {name: demo}}");
    return run;
  }

  Future<OperatorProcess.Running> operator(String signature, Mortal process, String namespace,
      Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("SNAPSTASH_WATCHNAMESPACES", namespace);
    return Programs.operator(environment).start(vertx,
        new ConfigBuilder(programs).withOauthToken(signature).build(), process);
  }

  private Future<PodExecs.End> exec(PodExecs.Command command) {
    return runs.get(command.namespace()).called(command.words().getFirst())
        ? Future.failedFuture("the connection is cut") : Future.succeededFuture(new PodExecs.End(0, ""));
  }

  World world() {
    return world;
  }

  KubeClient client() {
    return world.client();
  }

  ApiServer server() {
    return server;
  }

  /** What is stored under the prefix: the content by its key. */
  SortedMap<String, byte[]> stored(String prefix) {
    String name = world.parts().store().name();
    StoreFactory stores = new StoreFactory(StoreLimits.DEFAULT, Map.of(), LocalFolders.none());
    BackupStorageSpec spec = BackupStorageSpecBuilder.builder().storage(StorageBackendBuilder.builder().provider("s3")
        .s3(S3BackendBuilder.builder().endpoint(store().endpoint()).bucket(name).prefix(prefix).secretName("s3")
            .build()).build()).build();
    ObjectStore opened = stores.open(new ResourceKey("", "reader"), spec, Optional.of(Map.of(
        "AWS_ACCESS_KEY_ID", KEY.getBytes(StandardCharsets.UTF_8),
        "AWS_SECRET_ACCESS_KEY", SECRET.getBytes(StandardCharsets.UTF_8))));
    SortedMap<String, byte[]> all = new TreeMap<>();
    await(opened.list("")).forEach(key -> all.put(key, await(opened.get(key)).orElseThrow().content()));
    await(stores.close());
    return all;
  }

  ManualTime time() {
    return time;
  }

  Tribunal tribunal() {
    return tribunal;
  }

  StoreDoor door() {
    return door;
  }

  DiskArray disks() {
    return world.parts().disks();
  }

  /** Lets everything end that needs no time, and starts an operator anew where one has died. */
  void settle() {
    quiet.await();
    for (List<CrashRun> orphaned = orphaned(); !orphaned.isEmpty(); orphaned = orphaned()) {
      orphaned.forEach(CrashRun::bury);
      quiet.await();
      Future<?> started = Future.all(orphaned.stream().map(CrashRun::startOperatorAgain).toList());
      quiet.await();
      if (front.isPresent()) {
        // In bad weather that may take its time.
        return;
      }
      await(started);
    }
  }

  /** Forgets what has been, as etcd and logs do in time, so that a world can go on for ever. */
  void forgetThePast() {
    server.requests().clear();
    front.ifPresent(each -> each.requests().clear());
    door.forgetThePast();
    tribunal.forgetTheDead();
    runs.values().forEach(CrashRun::forgetThePast);
    await(server.forgetHistory());
  }

  /** What our programs have asked for since the past was forgotten, apart from watches. */
  List<String> asked() {
    return Stream.concat(front.stream().flatMap(each -> each.requests().all().stream())
        .filter(entry -> !entry.verb().equals("watch")).map(entry -> entry.what() + " " + entry.namespace() + "/"
            + entry.name()), door.asked().stream()).toList();
  }

  private List<CrashRun> orphaned() {
    return runs.values().stream().filter(run -> !run.namespace().equals("installer")).filter(CrashRun::isOrphaned)
        .toList();
  }

  /** Moves time until the condition holds for all of them. @return those for which it did not in time */
  List<CrashRun> until(List<CrashRun> all, Predicate<CrashRun> condition, Duration patience) {
    Instant limit = time.now().plus(patience);
    settle();
    List<CrashRun> left = all.stream().filter(condition.negate()).toList();
    while (!left.isEmpty() && time.now().isBefore(limit)) {
      pass(STEP);
      left = left.stream().filter(condition.negate()).toList();
    }
    return left;
  }

  /** Moves time until that is done. */
  void until(Future<?> done) {
    settle();
    for (Instant limit = time.now().plus(PATIENCE); !done.isComplete() && time.now().isBefore(limit);) {
      pass(STEP);
    }
    await(done);
  }

  void advance(Duration by) {
    Instant target = time.now().plus(by);
    settle();
    while (time.now().isBefore(target)) {
      pass(LONG_STEP);
    }
  }

  private void pass(Duration longest) {
    Duration next = time.untilNext().filter(Duration::isPositive).orElse(longest);
    // In bad weather there are hundreds of timers.
    Duration far = front.isPresent() && next.compareTo(HURRY) < 0 ? HURRY : next;
    time.advance(far.compareTo(longest) < 0 ? far : longest);
    settle();
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw new AssertionError(failed.getCause());
    } catch (InterruptedException | TimeoutException late) {
      throw new AssertionError("no answer", late);
    }
  }

  @Override
  public void close() {
    runs.values().forEach(CrashRun::killAll);
    runs.values().forEach(CrashRun::bury);
    await(world.close());
    await(door.close());
    front.ifPresent(each -> await(each.close()));
    await(server.close());
    await(vertx.close());
  }
}
