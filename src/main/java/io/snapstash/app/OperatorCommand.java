package io.snapstash.app;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.snapstash.admission.Webhooks;
import io.snapstash.controller.ControllerSettings;
import io.snapstash.controller.WatchedNamespaces;
import io.snapstash.domain.turn.TurnLimits;
import io.snapstash.engine.ResourceKey;
import io.snapstash.engine.SystemTime;
import io.snapstash.kube.LeaseTerms;
import io.snapstash.storage.LocalFolders;
import io.snapstash.storage.StoreEndpoints;
import io.snapstash.storage.StoreFactory;
import io.snapstash.storage.StoreLimits;
import io.snapstash.web.HealthChecks;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code operator}: wires everything, serves health, works until it is told to stop. */
public final class OperatorCommand {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorCommand.class);
  private static final List<String> PROXY_VARIABLES =
      List.of("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy");

  /** Of the time to stop, what giving back the Lease may take. */
  private static final Duration FAREWELL = Duration.ofSeconds(2);
  private static final String NAMESPACE = "snapstash-system";
  private static final String LEASE = "snapstash-leader";

  private final Settings settings;
  private final Map<String, String> environment;

  public OperatorCommand(Settings settings, Map<String, String> environment) {
    this.settings = settings;
    this.environment = environment;
  }

  /** Returns when the process is asked to stop and the running passes have ended, or the grace period has. */
  public ExitCode run() throws InterruptedException {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(4)
        .setInternalBlockingPoolSize(4));
    Vertx door = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(2)
        .setInternalBlockingPoolSize(1));
    SystemTime time = new SystemTime();
    Config connection = new ConfigBuilder(Config.autoConfigure(null)).withUserAgent("snapstash/operator").build();
    OperatorRuntime runtime = OperatorRuntime.create(new OperatorRuntime.Surroundings(vertx, connection, time,
        settings.kube().maxRequests(), settings.kube().requestTimeout(), turns(settings, environment, connection)),
        controllers(settings, environment),
        stores(settings, environment));
    if (settings.webhooks().enabled() && inPod(environment)) {
      runtime.withWebhooks(new Webhooks.Options(settings.http().host(), settings.webhooks().port(),
          ownNamespace(environment, connection)));
    }
    CountDownLatch stop = new CountDownLatch(1);
    AtomicReference<ExitCode> end = new AtomicReference<>(ExitCode.DONE);
    HealthChecks health = HealthChecks.create().ready("running", () -> stop.getCount() > 0);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      stop.countDown();
      await(stopped);
    }, "shutdown"));
    door.deployVerticle(OperatorWeb.create(vertx, settings, runtime, health, time))
        .onFailure(failure -> {
          LOG.error("health is not served host={} port={} cause=\"{}\"", settings.http().host(),
              settings.http().port(), failure.getMessage());
          end.set(ExitCode.FAILED);
          stop.countDown();
        });
    runtime.start().onFailure(failure -> {
      LOG.error("not started cause=\"{}\"", failure.getMessage());
      end.set(ExitCode.BUG);
      stop.countDown();
    });
    stop.await();
    shutDown(runtime, vertx, door);
    time.close();
    stopped.countDown();
    return end.get();
  }

  /** The port answers to the end, so that probes hear that it is going. */
  private void shutDown(OperatorRuntime runtime, Vertx vertx, Vertx door) {
    LOG.info("stopping grace={}", settings.shutdownGrace());
    Duration patience = settings.shutdownGrace().minus(FAREWELL);
    CompletableFuture<Void> done = runtime.stop(patience.isNegative() ? Duration.ZERO : patience)
        .compose(_ -> vertx.close()).compose(_ -> door.close()).toCompletionStage().toCompletableFuture();
    try {
      done.get(settings.shutdownGrace().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      LOG.warn("stopped with work under way; it is taken up again by the next operator");
    } catch (InterruptedException | java.util.concurrent.ExecutionException broken) {
      LOG.warn("stopping failed cause=\"{}\"", broken.getMessage());
    }
  }

  private void await(CountDownLatch stopped) {
    try {
      boolean ended = stopped.await(settings.shutdownGrace().plus(Duration.ofSeconds(2)).toMillis(),
          TimeUnit.MILLISECONDS);
      LOG.debug("stopped ended={}", ended);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  /** A Pod that starts anew after a crash may go on at once: it has the same name, and its last process is gone. */
  public static Optional<LeaseTerms> turns(Settings settings, Map<String, String> environment, Config connection) {
    if (!settings.leaderElection().enabled()) {
      return Optional.empty();
    }
    String own = ownNamespace(environment, connection);
    String namespace = settings.leaderElection().namespace().isEmpty() ? own : settings.leaderElection().namespace();
    String identity = Optional.ofNullable(environment.get("POD_NAME")).filter(name -> !name.isBlank())
        .orElseGet(() -> "snapstash-" + UUID.randomUUID());
    return Optional.of(LeaseTerms.usual(new ResourceKey(namespace, LEASE), identity));
  }

  private static boolean inPod(Map<String, String> environment) {
    return environment.containsKey("KUBERNETES_SERVICE_HOST");
  }

  private static String ownNamespace(Map<String, String> environment, Config connection) {
    return inPod(environment) && connection.getNamespace() != null ? connection.getNamespace() : NAMESPACE;
  }

  /** What the controllers need of the settings; the sandbox asks for the same. */
  public static ControllerSettings controllers(Settings settings, Map<String, String> environment) {
    Map<String, String> proxies = new HashMap<>();
    PROXY_VARIABLES.stream().filter(environment::containsKey)
        .forEach(name -> proxies.put(name, environment.get(name)));
    return new ControllerSettings(settings.image(), proxies,
        settings.backup().defaultBackupTimeout(), settings.backup().defaultRestoreTimeout(),
        settings.backup().podPendingThreshold(), settings.storage().recheck(), settings.retry().initial(),
        settings.retry().max(), settings.concurrency(),
        !settings.storage().localFolder().isEmpty(), settings.catalogue().importHandles(),
        settings.snapshots().contentPolicy() == Settings.ContentPolicy.RETAIN, requests(settings),
        settings.backup().startSpread(), new WatchedNamespaces(settings.watchNamespaces()),
        new TurnLimits(settings.limits().runs(), settings.limits().snapshotsPerDriver(),
            settings.limits().snapshotsPerClass()),
        () -> ThreadLocalRandom.current().nextDouble());
  }

  private static Map<String, String> requests(Settings settings) {
    Map<String, String> requests = new HashMap<>(Map.of("cpu", settings.job().cpu(), "memory", settings.job().memory()));
    requests.values().removeIf(String::isEmpty);
    return requests;
  }

  public static StoreFactory stores(Settings settings, Map<String, String> environment) {
    StoreLimits usual = StoreLimits.DEFAULT;
    return new StoreFactory(new StoreLimits(usual.connect(), usual.attempt(), settings.storage().requestTimeout(),
        usual.attempts()), environment, folders(settings.storage().localFolder()),
        new StoreEndpoints(settings.storage().gcs().endpoint(), settings.storage().azure().endpoint()));
  }

  private static LocalFolders folders(String root) {
    return root.isEmpty() ? LocalFolders.none() : (storage, _) ->
        Optional.of(Path.of(root).resolve(storage.namespace()).resolve(storage.name()));
  }
}
