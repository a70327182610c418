package io.snapstash.app;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.snapstash.bus.Bus;
import io.snapstash.controller.Backends;
import io.snapstash.controller.Caches;
import io.snapstash.controller.ControllerSettings;
import io.snapstash.controller.Effects;
import io.snapstash.controller.KindVerticle;
import io.snapstash.controller.Operator;
import io.snapstash.controller.Statuses;
import io.snapstash.controller.backupconfiguration.BackupConfigurationVerticle;
import io.snapstash.controller.backupsession.BackupSessionVerticle;
import io.snapstash.controller.backupstorage.BackupStorageVerticle;
import io.snapstash.controller.catalog.CatalogVerticle;
import io.snapstash.controller.other.BackupBatchVerticle;
import io.snapstash.controller.other.NotRunVerticle;
import io.snapstash.controller.other.VerificationSessionVerticle;
import io.snapstash.controller.repository.RepositoryVerticle;
import io.snapstash.controller.restoresession.RestoreSessionVerticle;
import io.snapstash.controller.snapshot.SnapshotVerticle;
import io.snapstash.engine.Backoff;
import io.snapstash.engine.Time;
import io.snapstash.kube.KubeClient;
import io.snapstash.metrics.ProcessMetrics;
import io.snapstash.storage.StoreFactory;
import io.vertx.core.Future;
import io.vertx.core.Verticle;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running operator: client, caches, one verticle per kind. It is the same whether a Pod or the sandbox starts it.
 * Stopping lets the running passes end, within the grace period of whoever stops it.
 */
public final class OperatorRuntime {
  private static final Logger LOG = LoggerFactory.getLogger(OperatorRuntime.class);
  private static final Duration WATCH_RETRY = Duration.ofSeconds(1);
  private static final Duration WATCH_RETRY_MAX = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final Operator operator;
  private final Caches caches;
  private final ProcessMetrics metrics;
  private final List<String> deployments = new CopyOnWriteArrayList<>();
  private final List<KindVerticle<?>> kinds = new CopyOnWriteArrayList<>();

  private OperatorRuntime(Vertx vertx, Operator operator, ProcessMetrics metrics) {
    this.metrics = metrics;
    this.vertx = vertx;
    this.operator = operator;
    this.caches = operator.caches();
  }

  /** What the operator needs of its surroundings. */
  public record Surroundings(Vertx vertx, Config connection, Time time, int mostRequests, Duration requestTimeout) {}

  /** Made, not started: so that health can be asked while the caches fill. */
  public static OperatorRuntime create(Surroundings around, ControllerSettings settings, StoreFactory stores) {
    Bus.open(around.vertx());
    ProcessMetrics metrics = new ProcessMetrics();
    stores.reportTo(metrics);
    KubeClient kube = KubeClient.create(around.connection(), new VertxHttpClientFactory(around.vertx()),
        around.mostRequests(), around.requestTimeout(), metrics);
    Backoff watches = new Backoff(WATCH_RETRY, WATCH_RETRY_MAX, settings.chance());
    Caches caches = new Caches(kube, around.vertx().getOrCreateContext(), around.time(), watches);
    Backends backends = new Backends(kube, around.time(), stores, Version.TEXT);
    return new OperatorRuntime(around.vertx(), new Operator(kube, caches, new Effects(kube, around.time(), caches::observe),
        new Statuses(around.vertx(), kube, around.time(), caches::observe), around.time(), backends, settings), metrics);
  }

  /** Completes when every kind has been listed and its verticle works. Never fails for an unreachable API server. */
  public Future<OperatorRuntime> start() {
    return caches.start().compose(_ -> {
      Future<Void> deployed = Future.succeededFuture();
      for (Verticle verticle : verticles()) {
        if (verticle instanceof KindVerticle<?> kind) {
          kinds.add(kind);
        }
        deployed = deployed.compose(_ -> vertx.deployVerticle(verticle)).map(id -> {
          deployments.add(id);
          return null;
        });
      }
      return deployed;
    }).map(_ -> {
      LOG.info("operator ready kinds={}", deployments.size());
      return this;
    });
  }

  private List<Verticle> verticles() {
    return List.of(new CatalogVerticle(operator), new BackupStorageVerticle(operator),
        new RepositoryVerticle(operator), new SnapshotVerticle(operator), new BackupConfigurationVerticle(operator),
        new BackupSessionVerticle(operator), new RestoreSessionVerticle(operator), new BackupBatchVerticle(operator),
        new VerificationSessionVerticle(operator), new NotRunVerticle<>(operator, caches.blueprints),
        new NotRunVerticle<>(operator, caches.verifiers));
  }

  public Caches caches() {
    return caches;
  }

  public KubeClient kube() {
    return operator.kube();
  }

  /** What the machinery has counted so far. */
  public ProcessMetrics metrics() {
    return metrics;
  }

  /** Whether this process is the one that works; one that waits for its turn is not. */
  public boolean isLeading() {
    return !deployments.isEmpty();
  }

  /** How long the longest pass under way has been running. */
  public Duration longestPass() {
    return kinds.stream().map(KindVerticle::longestPass).max(Duration::compareTo).orElse(Duration.ZERO);
  }

  public boolean isReady() {
    return caches.areSynced() && !deployments.isEmpty();
  }

  /** Lets running passes end. */
  public Future<Void> stop() {
    List<Future<Void>> stopped = deployments.stream().map(vertx::undeploy).toList();
    return Future.join(stopped).otherwiseEmpty().map(_ -> {
      abandon();
      return null;
    });
  }

  /** Leaves everything where it is, as if the process were killed. */
  public void abandon() {
    caches.close();
    operator.backends().close();
    operator.kube().close();
  }
}
