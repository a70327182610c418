package io.snapstash.sandbox;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.snapstash.engine.Time;
import io.snapstash.sandbox.apiserver.ApiServer;
import io.snapstash.sandbox.apiserver.ApiServerOptions;
import io.snapstash.sandbox.cluster.Behaviour;
import io.snapstash.sandbox.cluster.DiskArray;
import io.snapstash.sandbox.cluster.InProcessRunner;
import io.snapstash.sandbox.storage.S3Server;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Everything the command {@code sandbox} starts, and stops in the opposite order, but for what lasts. */
final class SandboxSetup {
  private static final String BUCKET = "snapstash-sandbox";
  private static final String ACCESS_KEY = "sandbox";
  private static final String SECRET_KEY = "sandbox-secret";

  /** What outlives an API server: the array behind the CSI driver, and the object store. */
  record Lasting(DiskArray disks, S3Server storage) {
    static Future<Lasting> start(Vertx vertx) {
      return vertx.executeBlocking(() -> S3Server.start(ACCESS_KEY, SECRET_KEY).createBucket(BUCKET), false)
          .map(storage -> new Lasting(new DiskArray(), storage));
    }

    void close() {
      storage.close();
    }
  }

  private static final int USUAL_PORT = 8080;

  private record Api(Config connection, Path kubeconfig, Optional<ApiServer> own) {}

  private final World world;
  private final Api api;
  private final int page;

  private SandboxSetup(World world, Api api, int page) {
    this.world = world;
    this.page = page;
    this.api = api;
  }

  /** @param settings of the operator, by the names of their environment variables */
  static Future<SandboxSetup> start(Vertx vertx, Time time, Optional<Path> kubeconfig, Path folder, Lasting lasting,
      Map<String, String> settings) {
    int page = freePort();
    Map<String, String> served = new HashMap<>(settings);
    served.put(Programs.PORT, Integer.toString(page));
    served.put("SNAPSTASH_HTTP_HOST", "127.0.0.1");
    Future<Api> api = kubeconfig.map(SandboxSetup::given).orElseGet(() -> own(vertx, time, folder));
    return api.compose(started -> World.start(parts(vertx, time, started, lasting, served)))
        .map(world -> new SandboxSetup(world, api.result(), page));
  }

  /** The usual one, or any other if that is taken; an operator that is started again comes back there. */
  private static int freePort() {
    try (ServerSocket usual = new ServerSocket(USUAL_PORT, 1, InetAddress.getLoopbackAddress())) {
      return usual.getLocalPort();
    } catch (IOException taken) {
      try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return any.getLocalPort();
      } catch (IOException none) {
        throw new UncheckedIOException(none);
      }
    }
  }

  private static Future<Api> given(Path kubeconfig) {
    return Future.succeededFuture(new Api(Config.fromKubeconfig(kubeconfig.toFile()), kubeconfig, Optional.empty()));
  }

  private static Future<Api> own(Vertx vertx, Time time, Path folder) {
    Path kubeconfig = folder.resolve("kubeconfig");
    return ApiServer.start(vertx, new ApiServerOptions(0, time)).map(server -> {
      try {
        Files.createDirectories(folder);
      } catch (IOException unwritable) {
        throw new UncheckedIOException(unwritable);
      }
      server.writeKubeconfig(kubeconfig);
      return new Api(Config.fromKubeconfig(kubeconfig.toFile()), kubeconfig, Optional.of(server));
    });
  }

  private static World.Parts parts(
      Vertx vertx, Time time, Api api, Lasting lasting, Map<String, String> settings) {
    Bucket store = new Bucket(lasting.storage().endpoint(), BUCKET, ACCESS_KEY, SECRET_KEY);
    boolean ownServer = api.own().isPresent();
    InProcessRunner runner = new InProcessRunner(Programs.IMAGE_PREFIX, account -> {
      ConfigBuilder connection = new ConfigBuilder(api.connection()).withUserAgent(account);
      return ownServer ? connection.withOauthToken(account).build() : connection.build();
    }, Programs.commands(vertx, time), (container, line) -> api.own().ifPresent(server ->
        server.logs().append(container.namespace(), container.pod(),
            time.now().truncatedTo(ChronoUnit.MILLIS) + " " + line + "\n")));
    return new World.Parts(vertx, time, api.connection(), store, new Behaviour(), lasting.disks(), runner,
        Programs.operator(settings));
  }

  World world() {
    return world;
  }

  String url() {
    return api.connection().getMasterUrl();
  }

  /** Where the operator's page is. */
  String page() {
    return "http://localhost:" + page + "/";
  }

  Path kubeconfig() {
    return api.kubeconfig();
  }

  Future<Void> close() {
    return world.close().compose(_ -> api.own().map(ApiServer::close).orElse(Future.succeededFuture()));
  }
}
