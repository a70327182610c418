package io.snapstash.sandbox.cluster;

import io.snapstash.engine.Time;
import io.snapstash.kube.KubeClient;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;

/**
 * Everything of a cluster that an API server is not: the controllers for Jobs, workloads, claims, namespaces and
 * garbage, a kubelet, and a CSI driver with its sidecars. All of them are ordinary API clients.
 */
public final class SimulatedCluster {
  private final Cluster cluster;
  private final ContainerRunner runner;
  private List<Part> parts = List.of();

  /** The client is not closed with the cluster; the disks outlive both. */
  public SimulatedCluster(Vertx vertx, KubeClient client, Time time, Behaviour behaviour, DiskArray disks,
      ContainerRunner runner) {
    this.cluster = new Cluster(vertx, client, time, behaviour, disks);
    this.runner = runner;
  }

  /** Completes when every kind is followed and work has begun. The kinds must be served by then. */
  public Future<Void> start() {
    Promise<Void> started = Promise.promise();
    cluster.context().runOnContext(_ -> {
      parts = List.of(new NamespaceController(cluster), new ServiceAccountSimulator(cluster),
          new GarbageCollector(cluster), new VolumeReclaimer(cluster), new ClaimBinder(cluster),
          new SnapshotController(cluster), new SnapshotDriver(cluster), ReplicaSimulator.deployments(cluster),
          ReplicaSimulator.daemonSets(cluster), new StatefulSetSimulator(cluster), new CronJobSimulator(cluster),
          new JobSimulator(cluster), new Kubelet(cluster, runner));
      cluster.follow().compose(_ -> NodeSimulator.register(cluster))
          .onSuccess(_ -> cluster.context().runOnContext(_ -> parts.forEach(Part::open)))
          .onComplete(started);
    });
    return started.future();
  }

  /** Stops at once and kills the containers that run. */
  public Future<Void> close() {
    Promise<Void> closed = Promise.promise();
    cluster.context().runOnContext(_ -> {
      parts.forEach(Part::close);
      cluster.close();
      closed.complete();
    });
    return closed.future();
  }
}
