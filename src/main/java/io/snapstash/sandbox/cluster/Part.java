package io.snapstash.sandbox.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.engine.Backoff;
import io.snapstash.engine.Reconciliation;
import io.snapstash.engine.Requeue;
import io.snapstash.engine.ResourceKey;
import io.snapstash.engine.WorkQueue;
import io.snapstash.kube.Cache;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * One controller of the simulated cluster: marks keys as due when something changes, and works them off one pass at a
 * time per key. Idle means idle: nothing is polled.
 */
abstract class Part {
  private static final int PARALLEL = 64;
  private static final Duration QUICK = Duration.ofMillis(250);
  private static final Duration QUICK_CEILING = Duration.ofSeconds(10);

  protected final Cluster cluster;
  private final WorkQueue queue;
  private final Set<ResourceKey> early = new LinkedHashSet<>();
  private boolean open;

  protected Part(String name, Cluster cluster) {
    this(name, cluster, new Backoff(QUICK, QUICK_CEILING, () -> 0));
  }

  protected Part(String name, Cluster cluster, Backoff backoff) {
    this.cluster = cluster;
    this.queue = new WorkQueue(name, cluster.context(), cluster.time(), backoff, PARALLEL, this::pass);
  }

  /** Brings one object a step further. Runs on the cluster's context. */
  protected abstract Future<Requeue> pass(Reconciliation run);

  /** On the cluster's context only. */
  protected final void offer(ResourceKey key) {
    if (open) {
      queue.offer(key, "watch");
    } else {
      early.add(key);
    }
  }

  /**
   * Begins to work. Until every kind is known nothing is decided: a volume, for instance, must not be reclaimed just
   * because the claims have not been listed yet.
   */
  final void open() {
    open = true;
    early.forEach(this::offer);
    early.clear();
  }

  protected final void offer(HasMetadata object) {
    offer(Cluster.keyOf(object));
  }

  /** Every change of an object of this kind makes its own key due. */
  protected final void offerAll(Cache<?> cache) {
    cache.onChange((before, after) -> after.or(() -> before).ifPresent(this::offer));
  }

  void close() {
    queue.drain(() -> { });
  }

  protected static Future<Requeue> settled() {
    return Future.succeededFuture(Requeue.settled());
  }

  protected static Future<Requeue> after(Duration delay) {
    return Future.succeededFuture(Requeue.after(delay));
  }

  protected static Future<Requeue> retry(String cause) {
    return Future.succeededFuture(Requeue.retry(cause));
  }
}
