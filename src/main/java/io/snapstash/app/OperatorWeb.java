package io.snapstash.app;

import io.snapstash.engine.Time;
import io.snapstash.web.Access;
import io.snapstash.web.HealthChecks;
import io.snapstash.web.WebVerticle;
import io.vertx.core.Vertx;
import java.util.Optional;

/** The operator's port: health, metrics and the page. */
public final class OperatorWeb {
  private OperatorWeb() {}

  /**
   * To be made before the caches start, and deployed at any time: best on an event loop that the operator does not use,
   * so that a stuck one is told instead of being silent, and listeners of the page do not hold up the work.
   *
   * @param operators where the operator works
   */
  public static WebVerticle create(Vertx operators, Settings settings, OperatorRuntime runtime, HealthChecks checks,
      Time time) {
    LoopBeat beat = new LoopBeat(System::nanoTime).on(operators, runtime.metrics()::eventLoopLag);
    OperatorHealth.add(checks, new OperatorHealth.Signs(beat::turns, runtime.caches()::haveStopped,
        runtime::longestPass, runtime::isReady, runtime::admits));
    CachedPictures pictures = new CachedPictures(runtime.caches(), time);
    Access access = new Access(new ClusterReviewer(runtime.kube(), runtime.caches().watched()),
        !settings.http().tokenFromLoopback(), time::now);
    return new WebVerticle(settings.http().host(), settings.http().port(), checks,
        Optional.of(new WebVerticle.Show(pictures, access,
            new OperatorMetrics(runtime, pictures, settings.metrics().newestPerOwner()))));
  }
}
