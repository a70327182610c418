package io.snapstash.controller.other;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.controller.Effect;
import io.snapstash.controller.KindVerticle;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Notice;
import io.snapstash.controller.Operator;
import io.snapstash.domain.validation.Violation;
import io.snapstash.engine.Reconciliation;
import io.snapstash.engine.Requeue;
import io.snapstash.kube.Cache;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** For kinds that have no status to say it in: an event tells that this version does not act on the object. */
public final class NotRunVerticle<T extends HasMetadata> extends KindVerticle<T> {
  private final String kind;
  private final Function<T, List<Violation>> check;
  private final Set<String> told = new HashSet<>();

  /** @param check what is wrong with an object, which is told all the same */
  public NotRunVerticle(Operator operator, Cache<T> cache, Function<T, List<Violation>> check) {
    super(operator, cache);
    this.check = check;
    this.kind = cache.type().kind();
  }

  @Override
  protected void listen() {
    // Nothing else matters to an object that is not acted on.
  }

  @Override
  protected Future<Requeue> reconcile(Reconciliation run, T object) {
    if (Metadata.isDeleting(object)
        || !told.add(object.getMetadata().getUid() + "/" + object.getMetadata().getGeneration())) {
      return Future.succeededFuture(Requeue.settled());
    }
    Notice notice = Notice.warning(object, "FeatureUnavailable", "this version does not act on a " + kind);
    List<Effect> effects = new ArrayList<>(List.of(new Effect.Tell(notice)));
    List<Violation> wrong = check.apply(object);
    if (!wrong.isEmpty()) {
      effects.add(new Effect.Tell(Notice.warning(object, "Invalid", Violation.summary(wrong))));
    }
    return operator.effects().perform(effects).map(Requeue.settled());
  }
}
