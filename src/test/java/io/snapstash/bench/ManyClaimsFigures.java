package io.snapstash.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.csi.CsiTypes;
import io.snapstash.csi.VolumeSnapshot;
import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.Given;
import io.snapstash.kube.DeleteOptions;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.engine.ResourceKey;
import io.snapstash.sandbox.Manifests;
import io.snapstash.sandbox.apiserver.RequestLog;
import io.snapstash.sandbox.cluster.Behaviour;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** A backup of a StatefulSet with many claims, against what API server and CSI driver need for the same alone. */
final class ManyClaimsFigures {
  private static final int CLAIMS = 100;
  private static final int REPETITIONS = 3;
  private static final Duration SNAPSHOT_TIME = Duration.ofSeconds(2);
  private static final String JOB = "snapstash/job";
  private static final String BY_HAND = """
      apiVersion: snapshot.storage.k8s.io/v1
      kind: VolumeSnapshot
      metadata: {name: %s, namespace: demo, labels: {by: hand}}
      spec: {volumeSnapshotClassName: csi-snapshot-class, source: {persistentVolumeClaimName: data-web-%d}}
      """;

  private final BenchWorld bench;
  private final Runs runs;
  private final MeasuredRunner runner;
  private final List<Double> alone = new ArrayList<>();
  private final List<Double> whole = new ArrayList<>();
  private final List<Double> captured = new ArrayList<>();

  private ManyClaimsFigures(BenchWorld bench, Runs runs, MeasuredRunner runner) {
    this.bench = bench;
    this.runs = runs;
    this.runner = runner;
  }

  static void measure(Figures figures) {
    AtomicReference<MeasuredRunner> runner = new AtomicReference<>();
    try (BenchWorld bench = BenchWorld.start("many-claims", Behaviour.instant(),
            kubeconfig -> new JarOperator(Jar.plain(), kubeconfig, "many-claims-operator"), kubeconfig -> {
              runner.set(new MeasuredRunner(Jar.trained(), kubeconfig));
              return runner.get();
            });
        Runs runs = new Runs(bench, _ -> { })) {
      new ManyClaimsFigures(bench, runs, runner.get()).measureAll().tell(figures);
    }
  }

  private ManyClaimsFigures measureAll() {
    bench.apply(Given.statefulSet("web", CLAIMS));
    bench.await(ResourceTypes.CLAIMS, "bound", all ->
        all.stream().filter(claim -> BenchWorld.isIn(claim, "Bound")).count() == CLAIMS);
    bench.apply(ABackup.ofWorkload("b-0", "StatefulSet", "web").manifests());
    runs.awaitSucceeded(1);
    runner.take();
    byHand(0);
    bench.world().parts().behaviour().snapshotsTake(SNAPSHOT_TIME);
    for (int number = 1; number <= REPETITIONS; number++) {
      alone.add(byHand(number));
      bench.server().requests().clear();
      runs.awaitEnd(List.of(BenchWorld.await(runs.create("b-0"))));
      whole.add(runner.take().wall().toNanos() / 1e9);
      captured.add(capture());
    }
    return this;
  }

  private void tell(Figures figures) {
    double base = new Samples(alone).median();
    String what = CLAIMS + " VolumeSnapshots, ready after 2 s: ";
    figures.add(what + "API server and driver alone", String.format(Locale.ROOT, "%.2f s", base));
    figures.add(what + "backup, from its first to its last request", against(base, captured), "< 1.2 times");
    figures.add(what + "backup, from start to end of its process", against(base, whole));
  }

  private static String against(double base, List<Double> seconds) {
    double median = new Samples(seconds).median();
    return String.format(Locale.ROOT, "%.2f s, %.2f times (n=%d)", median, median / base, seconds.size());
  }

  /** Seconds until all were ready; they are removed again. */
  private double byHand(int number) {
    try (Followed<VolumeSnapshot> followed = bench.follow(CsiTypes.VOLUME_SNAPSHOTS, _ -> { })) {
      List<ObjectNode> manifests = IntStream.range(0, CLAIMS).mapToObj(claim ->
          Manifests.parse(BY_HAND.formatted("hand-" + number + "-" + claim, claim)).getFirst()).toList();
      long begin = System.nanoTime();
      BenchWorld.await(Future.all(manifests.stream().map(manifest ->
          bench.client().create(CsiTypes.VOLUME_SNAPSHOTS, "demo", manifest)).toList()));
      followed.await("ready", all -> all.stream().filter(ManyClaimsFigures::isByHand)
          .filter(VolumeSnapshot::isReady).count() == CLAIMS);
      double seconds = (System.nanoTime() - begin) / 1e9;
      BenchWorld.await(Future.all(manifests.stream().map(manifest -> bench.client().delete(CsiTypes.VOLUME_SNAPSHOTS,
          new ResourceKey("demo", manifest.at("/metadata/name").asText()), DeleteOptions.BACKGROUND)).toList()));
      followed.await("gone", all -> all.stream().noneMatch(ManyClaimsFigures::isByHand));
      return seconds;
    }
  }

  private static boolean isByHand(VolumeSnapshot snapshot) {
    return snapshot.getMetadata().getName().startsWith("hand-");
  }

  private double capture() {
    List<RequestLog.Entry> asked = bench.server().requests().matching(entry -> entry.userAgent().equals(JOB));
    return Duration.between(asked.getFirst().time(), asked.getLast().time()).toNanos() / 1e9;
  }
}
