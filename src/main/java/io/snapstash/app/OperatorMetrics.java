package io.snapstash.app;

import io.snapstash.metrics.Family;
import io.snapstash.metrics.MetricsText;
import io.snapstash.metrics.ObjectMetrics;
import io.snapstash.metrics.PictureMetrics;
import io.snapstash.picture.Inventory;
import io.snapstash.web.Exposition;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** All that {@code /metrics} shows, worked out when it is asked for. */
final class OperatorMetrics implements Exposition {
  private final OperatorRuntime runtime;
  private final CachedPictures pictures;
  private final int newest;

  OperatorMetrics(OperatorRuntime runtime, CachedPictures pictures, int newest) {
    this.runtime = runtime;
    this.pictures = pictures;
    this.newest = newest;
  }

  @Override
  public String write(String accept, OutputStream out) throws IOException {
    String type = MetricsText.typeFor(accept);
    out.write(MetricsText.of(families(), type).getBytes(StandardCharsets.UTF_8));
    return type;
  }

  List<Family> families() {
    List<Family> all = new ArrayList<>(runtime.metrics().families());
    all.add(new Family("snapstash_build_info", Family.Type.GAUGE, "The version that runs; always 1.")
        .add(List.of("version", Version.TEXT), 1));
    all.add(new Family("snapstash_leader", Family.Type.GAUGE, "1 if this process is the one that works.")
        .add(List.of(), runtime.isLeading() ? 1 : 0));
    all.add(new Family("snapstash_ready", Family.Type.GAUGE, "1 if the operator is ready.")
        .add(List.of(), runtime.isReady() ? 1 : 0));
    all.add(new Family("snapstash_longest_pass_seconds", Family.Type.GAUGE,
        "How long the longest pass under way has been running.")
        .add(List.of(), runtime.longestPass().toMillis() / 1000.0));
    if (pictures.isReady()) {
      all.addAll(PictureMetrics.of(pictures.picture("")));
      Inventory inventory = pictures.inventory();
      all.add(PictureMetrics.stuckDeletions(inventory, pictures.now()));
      all.addAll(ObjectMetrics.of(inventory, newest));
    }
    return all;
  }
}
