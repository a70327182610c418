package io.snapstash.sandbox.cluster;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.snapstash.engine.Reconciliation;
import io.snapstash.engine.Requeue;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.KubeFailure;
import io.snapstash.kube.ResourceTypes;
import io.vertx.core.Future;
import java.util.Optional;

/** Gives every namespace its ServiceAccount {@code default}; without one a real API server admits no Pods. */
final class ServiceAccountSimulator extends Part {
  private static final String DEFAULT = "default";

  ServiceAccountSimulator(Cluster cluster) {
    super("serviceaccounts", cluster);
    offerAll(cluster.cache(ResourceTypes.NAMESPACES));
    cluster.cache(ResourceTypes.SERVICE_ACCOUNTS.metadataOnly()).onChange((before, after) -> {
      if (after.isEmpty()) {
        before.ifPresent(gone -> offer(ResourceKey.clusterScoped(gone.getMetadata().getNamespace())));
      }
    });
  }

  @Override
  protected Future<Requeue> pass(Reconciliation run) {
    Optional<Namespace> namespace = cluster.cache(ResourceTypes.NAMESPACES).get(run.key());
    String name = run.key().name();
    boolean present = cluster.cache(ResourceTypes.SERVICE_ACCOUNTS.metadataOnly())
        .get(new ResourceKey(name, DEFAULT)).isPresent();
    if (namespace.isEmpty() || Metadata.isDeleting(namespace.get()) || present) {
      return settled();
    }
    var account = new ServiceAccountBuilder().withNewMetadata().withName(DEFAULT).withNamespace(name).endMetadata()
        .build();
    return cluster.create(ResourceTypes.SERVICE_ACCOUNTS, account).map(_ -> Requeue.settled())
        .recover(failure -> KubeFailure.is(failure, KubeFailure.Kind.ALREADY_EXISTS) ? settled()
            : Future.failedFuture(failure));
  }
}
