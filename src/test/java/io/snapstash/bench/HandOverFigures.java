package io.snapstash.bench;

import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.sandbox.cluster.Behaviour;
import io.snapstash.sandbox.cluster.InProcessRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** How long nobody leads when the leader goes: asked to, and without a word. */
final class HandOverFigures {
  private static final String NAMESPACE = "default";
  private static final ResourceKey LEASE = new ResourceKey(NAMESPACE, "snapstash-leader");
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private HandOverFigures() {}

  static void measure(Figures figures) {
    Jar jar = Jar.trained();
    AtomicReference<JarOperator> started = new AtomicReference<>();
    try (BenchWorld bench = BenchWorld.start("hand-over", Behaviour.instant(), kubeconfig -> {
      started.set(rival(jar, kubeconfig, "one"));
      return started.get();
    }, _ -> new InProcessRunner("snapstash/", _ -> null, Map.of()))) {
      JarOperator two = rival(jar, bench.kubeconfig(), "two");
      two.start();
      figures.add("from SIGTERM of the leader until another leads",
          taken(bench, "two", started.get()::terminate), "at once");
      JarOperator three = rival(jar, bench.kubeconfig(), "three");
      three.start();
      figures.add("from SIGKILL of the leader until another leads", taken(bench, "three", two::kill), "< 15 s");
      three.kill();
    }
  }

  private static JarOperator rival(Jar jar, Path kubeconfig, String name) {
    return new JarOperator(jar, kubeconfig, "hand-over-" + name, Map.of("SNAPSTASH_LEADERELECTION_ENABLED", "true",
        "SNAPSTASH_LEADERELECTION_NAMESPACE", NAMESPACE, "POD_NAME", name));
  }

  private static String taken(BenchWorld bench, String by, Runnable end) {
    long begin = System.nanoTime();
    end.run();
    while (!by.equals(holder(bench))) {
      if (System.nanoTime() - begin > LIMIT.toNanos()) {
        throw new IllegalStateException("nobody took over");
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
    return String.format(Locale.ROOT, "%.2f s", (System.nanoTime() - begin) / 1e9);
  }

  private static String holder(BenchWorld bench) {
    return BenchWorld.await(bench.client().find(ResourceTypes.LEASES, LEASE))
        .map(lease -> lease.getSpec().getHolderIdentity()).orElse("");
  }
}
