package io.snapstash.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.snapstash.api.Json;
import io.snapstash.engine.SystemTime;
import io.snapstash.kube.KubeClient;
import io.snapstash.kube.ResourceType;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.sandbox.Bucket;
import io.snapstash.sandbox.Manifests;
import io.snapstash.sandbox.OperatorProcess;
import io.snapstash.sandbox.World;
import io.snapstash.sandbox.apiserver.ApiServer;
import io.snapstash.sandbox.apiserver.ApiServerOptions;
import io.snapstash.sandbox.cluster.Behaviour;
import io.snapstash.sandbox.cluster.ContainerRunner;
import io.snapstash.sandbox.cluster.DiskArray;
import io.snapstash.sandbox.storage.S3Server;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** A cluster in real time, with an object store, and the operator as a process beside it. */
final class BenchWorld implements AutoCloseable {
  private static final String KEY = "bench";
  private static final String SECRET = "bench-secret";
  private static final long LIMIT_SECONDS = 300;

  private final Vertx vertx;
  private final SystemTime time;
  private final ApiServer server;
  private final S3Server store;
  private final Path kubeconfig;
  private World world;

  private BenchWorld(String name) {
    vertx = Vertx.vertx();
    time = new SystemTime();
    server = await(ApiServer.start(vertx, new ApiServerOptions(0, time)));
    store = S3Server.start(KEY, SECRET).createBucket(KEY);
    kubeconfig = Jar.FOLDER.resolve(name + ".kubeconfig");
    try {
      Files.createDirectories(Jar.FOLDER);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
    server.writeKubeconfig(kubeconfig);
  }

  /** With the storage of the samples, Ready. Operator and runner are made from the path of the kubeconfig. */
  static BenchWorld start(String name, Behaviour behaviour, Function<Path, ? extends OperatorProcess> operator,
      Function<Path, ContainerRunner> runner) {
    BenchWorld bench = new BenchWorld(name);
    Config connection = new ConfigBuilder(Config.empty()).withMasterUrl(bench.server.url()).build();
    bench.world = await(World.start(new World.Parts(bench.vertx, bench.time, connection,
        new Bucket(bench.store.endpoint(), KEY, KEY, SECRET), behaviour, new DiskArray(),
        runner.apply(bench.kubeconfig), operator.apply(bench.kubeconfig))));
    bench.apply(Manifests.file("k8s/samples/00-storage.yaml"));
    bench.await(ResourceTypes.BACKUP_STORAGES, "Ready", all -> all.stream().anyMatch(each -> isIn(each, "Ready")));
    return bench;
  }

  KubeClient client() {
    return world.client();
  }

  World world() {
    return world;
  }

  ApiServer server() {
    return server;
  }

  Path kubeconfig() {
    return kubeconfig;
  }

  void apply(List<ObjectNode> manifests) {
    await(world.apply(manifests));
  }

  void apply(String yaml) {
    apply(Manifests.parse(yaml));
  }

  <T extends HasMetadata> Followed<T> follow(ResourceType<T> type, Consumer<T> listener) {
    return Followed.start(client(), type, time, listener);
  }

  <T extends HasMetadata> void await(
      ResourceType<T> type, String what, Predicate<Collection<T>> condition) {
    try (Followed<T> followed = follow(type, _ -> { })) {
      followed.await(what, condition);
    }
  }

  static boolean isIn(HasMetadata object, String phase) {
    return phaseOf(object).equals(phase);
  }

  static String phaseOf(HasMetadata object) {
    return Json.MAPPER.<JsonNode>valueToTree(object).at("/status/phase").asText("");
  }

  static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    await(world.close());
    await(server.close());
    store.close();
    await(vertx.close());
    time.close();
  }
}
