package io.snapstash.sandbox.cluster;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeStatusBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.snapstash.kube.KubeFailure;
import io.vertx.core.Future;
import java.util.Map;

/** The one node of the cluster. It is always well and sends no heartbeats: idle has to mean idle. */
final class NodeSimulator {
  static final String NAME = "sandbox-node";

  private NodeSimulator() {}

  static Future<Void> register(Cluster cluster) {
    String now = Timestamps.of(cluster.time().now());
    var node = new NodeBuilder().withNewMetadata().withName(NAME)
        .withLabels(Map.of("kubernetes.io/hostname", NAME, "kubernetes.io/os", "linux")).endMetadata()
        .withNewSpec().endSpec().build();
    var status = new NodeStatusBuilder()
        .withCapacity(Map.of("cpu", new Quantity("8"), "memory", new Quantity("32Gi"), "pods", new Quantity("1000")))
        .withAllocatable(Map.of("cpu", new Quantity("8"), "memory", new Quantity("32Gi"), "pods", new Quantity("1000")))
        .addNewAddress().withType("InternalIP").withAddress("10.0.0.1").endAddress()
        .addNewCondition().withType("Ready").withStatus("True").withReason("Simulated").withMessage("always well")
        .withLastHeartbeatTime(now).withLastTransitionTime(now).endCondition()
        .withNewNodeInfo().withArchitecture("amd64").withOperatingSystem("linux").withOsImage("sandbox")
        .withKernelVersion("0").withContainerRuntimeVersion("sandbox://0").withKubeletVersion("v1.36.2")
        .withKubeProxyVersion("").withMachineID("").withSystemUUID("").withBootID("").endNodeInfo()
        .build();
    return cluster.create(ClusterTypes.NODES, node)
        .compose(created -> cluster.patchStatus(ClusterTypes.NODES, created, status))
        .<Void>mapEmpty()
        .recover(failure -> KubeFailure.is(failure, KubeFailure.Kind.ALREADY_EXISTS)
            ? Future.succeededFuture() : Future.failedFuture(failure));
  }
}
