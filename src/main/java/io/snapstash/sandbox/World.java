package io.snapstash.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.snapstash.engine.ResourceKey;
import io.snapstash.engine.Time;
import io.snapstash.kube.KubeClient;
import io.snapstash.kube.ResourceType;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.kube.Selection;
import io.snapstash.sandbox.cluster.Behaviour;
import io.snapstash.sandbox.cluster.ContainerRunner;
import io.snapstash.sandbox.cluster.DiskArray;
import io.snapstash.sandbox.cluster.SimulatedCluster;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A cluster to try things in: an API server with our kinds, the simulated rest of a cluster, an object store, and the
 * operator. It knows the API server by its address only; whoever made that closes it.
 */
public final class World {
  private static final int MOST_REQUESTS = 64;
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(20);
  private static final int ATTEMPTS = 300;
  /** Real milliseconds, also where time is moved by hand: the API server needs them. */
  private static final long PAUSE = 100;

  /** What a world is made of. */
  public record Parts(Vertx vertx, Time time, Config connection, Bucket store, Behaviour behaviour,
      DiskArray disks, ContainerRunner runner, OperatorProcess operator) {}

  private final Parts parts;
  private final KubeClient client;
  private final KubeClient simulators;
  private final Applier applier;
  private final SimulatedCluster cluster;
  private Optional<OperatorProcess.Running> operator = Optional.empty();

  private World(Parts parts) {
    this.parts = parts;
    this.client = connect("sandbox");
    this.simulators = connect("simulated-cluster");
    this.applier = new Applier(client);
    this.cluster = new SimulatedCluster(parts.vertx(), simulators, parts.time(), parts.behaviour(), parts.disks(),
        parts.runner());
  }

  /** Completes when the kinds are served, the simulated cluster works and the operator is ready. */
  public static Future<World> start(Parts parts) {
    World world = new World(parts);
    return world.install().compose(_ -> world.cluster.start()).compose(_ -> world.startOperator()).map(world);
  }

  private KubeClient connect(String userAgent) {
    Config config = new ConfigBuilder(parts.connection()).withUserAgent(userAgent).build();
    return KubeClient.create(config, new VertxHttpClientFactory(parts.vertx()), MOST_REQUESTS, REQUEST_TIMEOUT);
  }

  private Future<Void> install() {
    List<ObjectNode> kinds = new ArrayList<>(Manifests.folder("sandbox/crds"));
    kinds.addAll(Manifests.folder("k8s/crds"));
    return applier.apply(kinds).compose(_ -> Future.all(kinds.stream().map(this::established).toList()))
        .compose(_ -> applier.apply(Manifests.file("sandbox/cluster.yaml")));
  }

  /** Until it is, lists answer 404. */
  private Future<Void> established(ObjectNode kind) {
    String path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/"
        + kind.at("/metadata/name").asText();
    return established(path, ATTEMPTS);
  }

  private Future<Void> established(String path, int attempts) {
    return client.raw("GET", path, Optional.empty()).compose(body -> {
      String text = new String(body, StandardCharsets.UTF_8);
      for (JsonNode condition : Manifests.parse(text).getFirst().at("/status/conditions")) {
        if (condition.path("type").asText().equals("Established") && condition.path("status").asText().equals("True")) {
          return Future.succeededFuture();
        }
      }
      return attempts == 0 ? Future.failedFuture(path + " is not established")
          : parts.vertx().timer(PAUSE).compose(_ -> established(path, attempts - 1));
    });
  }

  public Future<Void> startOperator() {
    return parts.operator().start(parts.vertx(), parts.connection(), parts.time())
        .onSuccess(running -> operator = Optional.of(running)).mapEmpty();
  }

  public Future<Void> stopOperator() {
    Future<Void> stopped = operator.map(OperatorProcess.Running::stop).orElse(Future.succeededFuture());
    operator = Optional.empty();
    return stopped;
  }

  /** Applies a sample or any other manifest; those of 00-storage.yaml get the address and keys of this store. */
  public Future<Void> apply(List<ObjectNode> manifests) {
    return applier.apply(manifests.stream().map(this::withStore).toList());
  }

  private ObjectNode withStore(ObjectNode manifest) {
    ObjectNode copy = manifest.deepCopy();
    String kind = manifest.path("kind").asText();
    if (kind.equals("BackupStorage") && copy.at("/spec/storage/s3") instanceof ObjectNode s3
        && s3.path("endpoint").asText().endsWith("example.com")) {
      s3.put("endpoint", parts.store().endpoint()).put("bucket", parts.store().name());
    }
    if (kind.equals("Secret") && copy.path("stringData").path("AWS_ACCESS_KEY_ID").asText().equals("change-me")) {
      copy.remove("stringData");
      copy.putObject("data").put("AWS_ACCESS_KEY_ID", base64(parts.store().accessKey()))
          .put("AWS_SECRET_ACCESS_KEY", base64(parts.store().secretKey()));
    }
    return copy;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What a Pod would do that mounts the claim; fails if the claim has no volume. */
  public Future<Void> write(String namespace, String claim, String text) {
    return volumeOf(namespace, claim).map(handle -> {
      parts.disks().write(handle.orElseThrow(() -> new IllegalStateException(claim + " has no volume")),
          text.getBytes(StandardCharsets.UTF_8));
      return null;
    });
  }

  /** Empty if the claim has no volume. */
  public Future<Optional<String>> read(String namespace, String claim) {
    return volumeOf(namespace, claim).map(handle -> handle.flatMap(parts.disks()::read)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8)));
  }

  private Future<Optional<String>> volumeOf(String namespace, String name) {
    return client.find(ResourceTypes.CLAIMS, new ResourceKey(namespace, name))
        .map(found -> found.map(PersistentVolumeClaim::getSpec).map(spec -> spec.getVolumeName())
            .filter(volume -> !volume.isEmpty()))
        .compose(volume -> volume.isEmpty() ? Future.succeededFuture(Optional.empty())
            : client.find(ResourceTypes.VOLUMES, ResourceKey.clusterScoped(volume.get()))
                .map(found -> found.map(pv -> pv.getSpec().getCsi().getVolumeHandle())));
  }

  public KubeClient client() {
    return client;
  }

  public Parts parts() {
    return parts;
  }

  /** All objects of a namespace, or of all if it is empty. */
  public <T extends HasMetadata> Future<List<T>> list(ResourceType<T> type,
      String namespace) {
    return client.list(type, Selection.in(namespace));
  }

  /** Stops the operator and the simulated cluster; API server and store are left alone. */
  public Future<Void> close() {
    return stopOperator().compose(_ -> cluster.close()).onComplete(_ -> {
      simulators.close();
      client.close();
    });
  }
}
