package io.snapstash.controller.blueprint;

import io.snapstash.api.BackupBlueprint;
import io.snapstash.api.Subject;
import io.snapstash.controller.Effect;
import io.snapstash.controller.KindVerticle;
import io.snapstash.controller.Notice;
import io.snapstash.controller.Operator;
import io.snapstash.domain.Absent;
import io.snapstash.domain.validation.LocalRules;
import io.snapstash.domain.validation.Violation;
import io.snapstash.engine.Reconciliation;
import io.snapstash.engine.Requeue;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Tells on a BackupBlueprint, which has no status, what is wrong with it itself (behaviour 12.8, 13.2). */
public final class BlueprintVerticle extends KindVerticle<BackupBlueprint> {
  public BlueprintVerticle(Operator operator) {
    super(operator, operator.caches().blueprints);
  }

  @Override
  protected void listen() {
    // What is made of it is the business of the verticles of the annotated kinds.
  }

  @Override
  protected Future<Requeue> reconcile(Reconciliation run, BackupBlueprint blueprint) {
    List<Effect> told = new ArrayList<>();
    List<Violation> violations = LocalRules.check(blueprint.getSpec());
    if (!violations.isEmpty()) {
      told.add(new Effect.Tell(Notice.warning(blueprint, "BlueprintInvalid", Violation.summary(violations))));
    }
    Set<String> known = operator.caches().targets.keySet();
    List<String> unknown = Absent.list(blueprint.getSpec().subjects()).stream().map(Subject::kind)
        .map(Absent::text).filter(kind -> !known.contains(kind)).distinct().sorted().toList();
    if (!unknown.isEmpty()) {
      told.add(new Effect.Tell(Notice.warning(blueprint, "SubjectNotWatched",
          "this version makes nothing of a " + String.join(", ", unknown))));
    }
    return operator.effects().perform(told).map(Requeue.settled());
  }
}
