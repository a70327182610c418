package io.snapstash.app;

import io.snapstash.engine.Time;
import io.snapstash.web.Access;
import io.snapstash.web.HealthChecks;
import io.snapstash.web.WebVerticle;
import java.util.Optional;

/** The operator's port: health, metrics and the page. */
public final class OperatorWeb {
  private OperatorWeb() {}

  /** To be made before the caches start, and deployed at any time. */
  public static WebVerticle create(Settings.Http http, OperatorRuntime runtime, HealthChecks checks, Time time) {
    Access access = new Access(new ClusterReviewer(runtime.kube()), !http.tokenFromLoopback(), time::now);
    return new WebVerticle(http.host(), http.port(), checks, Optional.of(new WebVerticle.Show(
        new CachedPictures(runtime.caches(), time), access, (_, _) -> "text/plain")));
  }
}
