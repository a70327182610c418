package io.snapstash.app;

import io.snapstash.engine.Time;
import io.snapstash.web.Access;
import io.snapstash.web.HealthChecks;
import io.snapstash.web.WebVerticle;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;

/** The operator's port: health, metrics and the page. */
public final class OperatorWeb {
  /** Passes end by the time limits of their requests; one that takes longer hangs, and nothing else will free it. */
  private static final Duration LONGEST_PASS = Duration.ofMinutes(30);

  private OperatorWeb() {}

  /** To be made before the caches start, and deployed at any time. */
  public static WebVerticle create(Vertx vertx, Settings settings, OperatorRuntime runtime, HealthChecks checks,
      Time time) {
    checks.ready("caches", runtime::isReady).ready("webhooks", runtime::admits)
        .live("watches", () -> !runtime.caches().haveStopped())
        .live("passes", () -> runtime.longestPass().compareTo(LONGEST_PASS) < 0);
    CachedPictures pictures = new CachedPictures(runtime.caches(), time);
    OperatorMetrics.watchLag(vertx, runtime);
    Access access = new Access(new ClusterReviewer(runtime.kube(), runtime.caches().watched()),
        !settings.http().tokenFromLoopback(), time::now);
    return new WebVerticle(settings.http().host(), settings.http().port(), checks,
        Optional.of(new WebVerticle.Show(pictures, access,
            new OperatorMetrics(runtime, pictures, settings.metrics().newestPerOwner()))));
  }
}
