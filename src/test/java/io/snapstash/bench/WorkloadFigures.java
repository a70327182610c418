package io.snapstash.bench;

import io.snapstash.kube.ResourceTypes;
import io.snapstash.sandbox.Manifests;
import io.snapstash.sandbox.cluster.Behaviour;
import io.snapstash.sandbox.cluster.InProcessRunner;
import io.vertx.core.Future;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** What many workloads cost that nobody backs up: the operator follows the metadata of all of them. */
final class WorkloadFigures {
  private static final int WORKLOADS = 20_000;
  private static final int AT_ONCE = 500;
  private static final String BLUEPRINT = """
      apiVersion: core.kubestash.com/v1alpha1
      kind: BackupBlueprint
      metadata: {name: unused, namespace: demo}
      spec: {backupConfigurationTemplate: {sessions: []}}
      """;
  /** As a chart and its controllers leave it. */
  private static final String WORKLOAD = """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata:
        name: workload-%1$d
        namespace: demo
        labels: {app.kubernetes.io/name: workload, app.kubernetes.io/instance: workload-%1$d,
          app.kubernetes.io/managed-by: Helm, helm.sh/chart: workload-1.2.3}
        annotations: {meta.helm.sh/release-name: workload-%1$d, meta.helm.sh/release-namespace: demo,
          checksum/config: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08}
      spec:
        replicas: 0
        serviceName: workload
        selector: {matchLabels: {app: workload-%1$d}}
        template:
          metadata: {labels: {app: workload-%1$d}}
          spec: {containers: [{name: main, image: busybox}]}
      """;

  private WorkloadFigures() {}

  static void measure(Figures figures) {
    AtomicReference<JarOperator> operator = new AtomicReference<>();
    try (BenchWorld bench = BenchWorld.start("workloads", Behaviour.instant().refusePods(true), kubeconfig -> {
      operator.set(new JarOperator(Jar.trained(), kubeconfig, "workloads-operator"));
      return operator.get();
    }, _ -> new InProcessRunner("snapstash/", _ -> null, Map.of()))) {
      bench.apply(BLUEPRINT);
      restart(bench);
      double without = megabytes(operator.get());
      grow(bench);
      restart(bench);
      figures.add("further resident memory with %,d StatefulSets".formatted(WORKLOADS),
          String.format(Locale.ROOT, "%.0f MB", megabytes(operator.get()) - without), "< 20 MB");
    }
  }

  private static void grow(BenchWorld bench) {
    for (int begin = 0; begin < WORKLOADS; begin += AT_ONCE) {
      BenchWorld.await(Future.all(IntStream.range(begin, begin + AT_ONCE).mapToObj(number ->
          bench.client().create(ResourceTypes.STATEFUL_SETS, "demo",
              Manifests.parse(WORKLOAD.formatted(number)).getFirst())).toList()));
    }
  }

  private static void restart(BenchWorld bench) {
    BenchWorld.await(bench.world().stopOperator());
    BenchWorld.await(bench.world().startOperator());
  }

  private static double megabytes(JarOperator operator) {
    return OwnProcess.residentAfterCollection(operator.pid()) * 1024 / 1e6;
  }
}
