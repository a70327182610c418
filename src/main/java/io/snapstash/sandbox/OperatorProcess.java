package io.snapstash.sandbox;

import io.fabric8.kubernetes.client.Config;
import io.snapstash.engine.Time;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** The operator as the sandbox starts it: unchanged, in this process, over the wire like any other client. */
@FunctionalInterface
public interface OperatorProcess {
  /** Completes when the operator is ready. */
  Future<Running> start(Vertx vertx, Config connection, Time time);

  /** A started operator. */
  @FunctionalInterface
  interface Running {
    /** Stops without finishing anything, as if the Pod were killed. */
    Future<Void> stop();

    /** Stops as a Pod does that is asked to: finishes what is under way. */
    default Future<Void> end() {
      return stop();
    }
  }

  /** A cluster without an operator. */
  static OperatorProcess none() {
    return (_, _, _) -> Future.succeededFuture(Future::succeededFuture);
  }
}
