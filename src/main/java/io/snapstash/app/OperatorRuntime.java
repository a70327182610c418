package io.snapstash.app;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.snapstash.admission.Webhooks;
import io.snapstash.bus.Bus;
import io.snapstash.controller.Backends;
import io.snapstash.controller.Caches;
import io.snapstash.controller.ControllerSettings;
import io.snapstash.controller.Effects;
import io.snapstash.controller.KindVerticle;
import io.snapstash.controller.Operator;
import io.snapstash.controller.Statuses;
import io.snapstash.controller.TakesOver;
import io.snapstash.controller.backupconfiguration.BackupConfigurationVerticle;
import io.snapstash.controller.backupsession.BackupSessionVerticle;
import io.snapstash.controller.backupstorage.BackupStorageVerticle;
import io.snapstash.controller.blueprint.BlueprintTargetVerticle;
import io.snapstash.controller.blueprint.BlueprintVerticle;
import io.snapstash.controller.catalog.CatalogVerticle;
import io.snapstash.controller.other.BackupBatchVerticle;
import io.snapstash.controller.other.NotRunVerticle;
import io.snapstash.controller.other.VerificationSessionVerticle;
import io.snapstash.controller.hook.HookDesk;
import io.snapstash.controller.hook.HookRunner;
import io.snapstash.controller.repository.RepositoryVerticle;
import io.snapstash.controller.restoresession.RestoreSessionVerticle;
import io.snapstash.controller.retention.RetentionPolicyVerticle;
import io.snapstash.controller.snapshot.SnapshotVerticle;
import io.snapstash.controller.volume.VolumeJobs;
import io.snapstash.domain.validation.LocalRules;
import io.snapstash.engine.Backoff;
import io.snapstash.engine.Cancellable;
import io.snapstash.engine.Fence;
import io.snapstash.engine.Time;
import io.snapstash.kube.KubeClient;
import io.snapstash.kube.LeaderElector;
import io.snapstash.kube.LeaseTerms;
import io.snapstash.metrics.ProcessMetrics;
import io.snapstash.storage.StoreFactory;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Verticle;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
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
  private final Optional<LeaderElector> elector;
  private final List<Verticle> verticles;
  private final ProcessMetrics metrics;
  private final Fence fence;
  private final Backoff watches;
  private volatile Optional<Webhooks> webhooks = Optional.empty();
  private final List<String> deployments = new CopyOnWriteArrayList<>();

  private OperatorRuntime(
      Surroundings around, KubeClient kube, Operator operator, Backoff watches, ProcessMetrics metrics) {
    this.metrics = metrics;
    this.watches = watches;
    this.fence = operator.fence();
    this.vertx = around.vertx();
    this.operator = operator;
    this.caches = operator.caches();
    this.verticles = verticles();
    this.elector = around.turns().map(terms -> new LeaderElector(kube, vertx.getOrCreateContext(), around.time(),
        operator.fence(), watches, terms, this::lead));
  }

  /**
   * What the operator needs of its surroundings.
   *
   * @param turns how it takes turns with others; empty if it is alone
   */
  public record Surroundings(Vertx vertx, Config connection, Time time, int mostRequests, Duration requestTimeout,
      Optional<LeaseTerms> turns) {}

  /** Made, not started: so that health can be asked while the caches fill. */
  public static OperatorRuntime create(Surroundings around, ControllerSettings settings, StoreFactory stores) {
    Bus.open(around.vertx());
    ProcessMetrics metrics = new ProcessMetrics();
    stores.reportTo(metrics);
    KubeClient direct = KubeClient.create(around.connection(), new VertxHttpClientFactory(around.vertx()),
        around.mostRequests(), around.requestTimeout(), metrics, Optional.of(around.time()));
    Fence fence = around.turns().isPresent() ? Fence.shut(around.time()) : Fence.OPEN;
    KubeClient kube = direct.behind(fence);
    Backoff watches = new Backoff(WATCH_RETRY, WATCH_RETRY_MAX, settings.chance());
    Caches caches = new Caches(kube, around.vertx().getOrCreateContext(), around.time(), watches,
        settings.watched());
    HookDesk hooks = new HookDesk(new HookRunner(around.vertx(), kube, caches, around.time(), settings), fence);
    Effects effects = new Effects(kube, around.time(), hooks, caches::observe);
    Backends backends = new Backends(kube, around.time(), stores.behind(fence), Version.TEXT,
        settings.localStorage() ? Optional.empty()
            : Optional.of(new VolumeJobs(caches, effects, around.time(), settings)));
    return new OperatorRuntime(around, direct, new Operator(kube, caches, effects,
        new Statuses(around.vertx(), kube, around.time(), caches::observe), around.time(), backends, settings, fence,
        hooks),
        watches, metrics);
  }

  /** Completes when every kind has been listed and its verticle works. Never fails for an unreachable API server. */
  public Future<OperatorRuntime> start() {
    return caches.start().compose(_ -> {
      Future<Void> deployed = Future.succeededFuture();
      for (Verticle verticle : verticles) {
        deployed = deployed.compose(_ -> vertx.deployVerticle(verticle)).map(id -> {
          deployments.add(id);
          return null;
        });
      }
      return deployed;
    }).map(_ -> {
      LOG.info("operator ready kinds={} turns={}", deployments.size(), elector.isPresent());
      elector.ifPresent(LeaderElector::start);
      webhooks.ifPresent(Webhooks::start);
      return this;
    });
  }

  private List<Verticle> verticles() {
    List<Verticle> kinds = List.of(new CatalogVerticle(operator), new BackupStorageVerticle(operator),
        new RepositoryVerticle(operator), new SnapshotVerticle(operator), new BackupConfigurationVerticle(operator),
        new BackupSessionVerticle(operator), new RestoreSessionVerticle(operator), new BackupBatchVerticle(operator),
        new VerificationSessionVerticle(operator), new BlueprintVerticle(operator),
        new RetentionPolicyVerticle(operator),
        new NotRunVerticle<>(operator, caches.verifiers, verifier -> LocalRules.check(verifier.getSpec())));
    return Stream.concat(kinds.stream(), caches.targets.values().stream()
        .map(objects -> new BlueprintTargetVerticle(operator, objects))).toList();
  }

  /** Serves admission webhooks as soon as the operator works; to be called before {@link #start}. */
  public OperatorRuntime withWebhooks(Webhooks.Options options) {
    webhooks = Optional.of(new Webhooks(vertx, operator.kube(), operator.time(), fence, watches, options,
        new CachedSurroundings(caches)));
    return this;
  }

  /**
   * Whether the webhooks can be asked; true where there are none. One that waits for its turn is not held up by a
   * certificate that only the leader makes: an older leader that makes none stops only when the new one is ready.
   */
  public boolean admits() {
    return webhooks.map(each -> each.isReady() || !fence.isOpen()).orElse(true);
  }

  private void lead() {
    webhooks.ifPresent(Webhooks::look);
    verticles.stream().filter(TakesOver.class::isInstance).map(TakesOver.class::cast).forEach(TakesOver::takeOver);
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
    return !deployments.isEmpty() && operator.fence().isOpen();
  }

  /** How long the longest pass under way has been running. */
  public Duration longestPass() {
    return verticles.stream().filter(KindVerticle.class::isInstance).map(each -> ((KindVerticle<?>) each).longestPass())
        .max(Duration::compareTo).orElse(Duration.ZERO);
  }

  /** One that waits for its turn is ready too. */
  public boolean isReady() {
    return caches.areSynced() && !deployments.isEmpty();
  }

  /** Lets running passes end, for as long as there is patience; then gives back the Lease, if it holds it. */
  public Future<Void> stop(Duration patience) {
    List<Future<Void>> stopped = deployments.stream().map(vertx::undeploy).toList();
    Promise<Void> drained = Promise.promise();
    Cancellable limit = operator.time().schedule(patience, drained::tryComplete);
    Future.join(stopped).onComplete(_ -> drained.tryComplete());
    return drained.future()
        .compose(_ -> webhooks.map(Webhooks::stop).orElse(Future.succeededFuture()))
        .compose(_ -> elector.map(LeaderElector::release).orElse(Future.succeededFuture())).map(_ -> {
          limit.cancel();
          abandon();
          return null;
        });
  }

  /** Leaves everything where it is, as if the process were killed; in one that goes on, nothing of it is kept. */
  public void abandon() {
    deployments.stream().filter(vertx.deploymentIDs()::contains).forEach(vertx::undeploy);
    webhooks.ifPresent(Webhooks::close);
    elector.ifPresent(LeaderElector::abandon);
    caches.close();
    operator.backends().close();
    operator.kube().close();
  }
}
