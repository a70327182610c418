package io.snapstash.job;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.api.Repository;
import io.snapstash.api.Snapshot;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.KubeClient;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.kube.Selection;
import io.snapstash.sync.Surroundings;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** The cluster as a Job sees it that synchronises one Repository: whether it may, the operator has looked before. */
final class SurroundingCluster implements Surroundings {
  private final KubeClient kube;

  SurroundingCluster(KubeClient kube) {
    this.kube = kube;
  }

  @Override
  public Future<Optional<String>> objectionTo(String namespace) {
    return Future.succeededFuture(Optional.empty());
  }

  @Override
  public Future<Optional<Repository>> repository(ResourceKey key) {
    return kube.find(ResourceTypes.REPOSITORIES, key);
  }

  @Override
  public Future<Optional<Snapshot>> snapshot(ResourceKey key) {
    return kube.find(ResourceTypes.SNAPSHOTS, key);
  }

  @Override
  public Future<List<Snapshot>> snapshotsOf(ResourceKey repository) {
    return kube.list(ResourceTypes.SNAPSHOTS, Selection.in(repository.namespace())).map(all -> all.stream()
        .filter(each -> each.getSpec() != null && repository.name().equals(each.getSpec().repository())).toList());
  }

  /** Whoever wants no more of it kills the Pod. */
  @Override
  public boolean isStillWanted() {
    return true;
  }

  @Override
  public void observe(HasMetadata written) {
    // Nothing is remembered here.
  }
}
