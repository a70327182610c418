package io.snapstash.controller.retention;

import io.snapstash.api.ObjectReference;
import io.snapstash.api.RetentionPolicy;
import io.snapstash.controller.Effect;
import io.snapstash.controller.KindVerticle;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Notice;
import io.snapstash.controller.Operator;
import io.snapstash.domain.validation.LocalRules;
import io.snapstash.domain.validation.NeighbourRules;
import io.snapstash.domain.validation.Violation;
import io.snapstash.engine.Reconciliation;
import io.snapstash.engine.Requeue;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers a RetentionPolicy, which has no status to answer in: an event says what is wrong with it where no webhook
 * has (behaviour 12.2, 12.11), and a preview that is asked for is told at once.
 */
public final class RetentionPolicyVerticle extends KindVerticle<RetentionPolicy> {
  private final RunRetention retention;

  public RetentionPolicyVerticle(Operator operator) {
    super(operator, operator.caches().retentionPolicies);
    this.retention = new RunRetention(operator);
  }

  @Override
  protected void listen() {
    // What else changes is looked at by the next run.
  }

  @Override
  protected Future<Requeue> reconcile(Reconciliation run, RetentionPolicy policy) {
    List<Violation> wrong = wrong(policy);
    List<Effect> effects = wrong.isEmpty() ? List.of()
        : List.of(new Effect.Tell(Notice.warning(policy, "Invalid", Violation.summary(wrong))));
    return operator.effects().perform(effects)
        .compose(_ -> LocalRules.check(policy.getSpec()).isEmpty() ? preview(policy) : Future.succeededFuture())
        .map(Requeue.settled());
  }

  private List<Violation> wrong(RetentionPolicy policy) {
    List<Violation> wrong = new ArrayList<>(LocalRules.check(policy.getSpec()));
    wrong.addAll(NeighbourRules.policy(
        new ObjectReference(policy.getMetadata().getNamespace(), policy.getMetadata().getName()),
        Boolean.TRUE.equals(policy.getSpec().isDefault()), operator.caches().retentionPolicies.all()));
    return wrong;
  }

  private Future<Void> preview(RetentionPolicy policy) {
    if (!RetentionPreview.isWanted(policy) || Metadata.isDeleting(policy)) {
      return operator.effects().perform(RetentionPreview.withdrawn(policy));
    }
    return retention.preview(policy, operator.time().now())
        .compose(verdicts -> operator.effects().perform(RetentionPreview.of(policy, verdicts)));
  }
}
