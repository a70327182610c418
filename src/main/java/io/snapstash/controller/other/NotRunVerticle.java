package io.snapstash.controller.other;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.controller.Effect;
import io.snapstash.controller.KindVerticle;
import io.snapstash.controller.Notice;
import io.snapstash.controller.Operator;
import io.snapstash.engine.Reconciliation;
import io.snapstash.engine.Requeue;
import io.snapstash.kube.Cache;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** For kinds that have no status to say it in: an event tells that this version does not act on the object. */
public final class NotRunVerticle<T extends HasMetadata> extends KindVerticle<T> {
  private final String kind;
  private final Set<String> told = new HashSet<>();

  public NotRunVerticle(Operator operator, Cache<T> cache) {
    super(operator, cache);
    this.kind = cache.type().kind();
  }

  @Override
  protected void listen() {
    // Nothing else matters to an object that is not acted on.
  }

  @Override
  protected Future<Requeue> reconcile(Reconciliation run, T object) {
    if (!told.add(object.getMetadata().getUid())) {
      return Future.succeededFuture(Requeue.settled());
    }
    Notice notice = Notice.warning(object, "FeatureUnavailable", "this version does not act on a " + kind);
    return operator.effects().perform(List.of(new Effect.Tell(notice))).map(Requeue.settled());
  }
}
