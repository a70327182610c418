package io.snapstash.controller.catalog;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.controller.Effect;
import io.snapstash.controller.Operator;
import io.snapstash.controller.TakesOver;
import io.snapstash.engine.Backoff;
import io.snapstash.engine.ResourceKey;
import io.snapstash.engine.Requeue;
import io.snapstash.engine.WorkQueue;
import io.snapstash.kube.Cache;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;

/** Makes the missing Addons and Functions at start, and again when one of ours is deleted. */
public final class CatalogVerticle extends AbstractVerticle implements TakesOver {
  private static final ResourceKey ALL = ResourceKey.clusterScoped("catalog");
  private final Operator operator;
  private WorkQueue queue;

  public CatalogVerticle(Operator operator) {
    this.operator = operator;
  }

  @Override
  public void start() {
    Backoff backoff = new Backoff(operator.settings().retryInitial(), operator.settings().retryMax(),
        operator.settings().chance());
    queue = new WorkQueue("Catalog", context, operator.time(), backoff, 1, _ -> {
      if (!operator.fence().isOpen()) {
        return Future.succeededFuture(Requeue.settled());
      }
      List<Effect> missing = Catalog.missing(operator.caches());
      return operator.effects().perform(missing).map(Requeue.settled());
    });
    refillAfterDeletion(operator.caches().addons);
    refillAfterDeletion(operator.caches().functions);
    queue.offer(ALL, "start");
  }

  private <T extends HasMetadata> void refillAfterDeletion(Cache<T> cache) {
    cache.onChange((_, after) -> {
      if (after.isEmpty()) {
        queue.offer(ALL, cache.type().kind());
      }
    });
  }

  @Override
  public void takeOver() {
    queue.offer(ALL, "leader");
  }

  @Override
  public void stop(Promise<Void> stopped) {
    queue.drain(stopped::complete);
  }
}
