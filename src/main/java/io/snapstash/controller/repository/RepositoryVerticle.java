package io.snapstash.controller.repository;

import io.snapstash.api.BackupStorage;
import io.snapstash.api.BackupStorageStatus;
import io.snapstash.api.Labels;
import io.snapstash.api.Repository;
import io.snapstash.api.RepositoryStatus;
import io.snapstash.api.Snapshot;
import io.snapstash.controller.Decision;
import io.snapstash.controller.Essence;
import io.snapstash.controller.KindVerticle;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Operator;
import io.snapstash.controller.Synced;
import io.snapstash.engine.Reconciliation;
import io.snapstash.engine.Requeue;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.ResourceTypes;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keeps the folder of an application and the summary of its Snapshots. */
public final class RepositoryVerticle extends KindVerticle<Repository> {
  private final RepositoryGatherer gatherer;

  public RepositoryVerticle(Operator operator) {
    super(operator, operator.caches().repositories);
    this.gatherer = new RepositoryGatherer(operator);
  }

  @Override
  protected void listen() {
    wakeByVolumeJobs();
    wake(operator.caches().snapshots, snapshot -> Stream.ofNullable(snapshot.getSpec())
        .filter(_ -> !isBeingSynchronised(snapshot))
        .map(spec -> new ResourceKey(snapshot.getMetadata().getNamespace(), spec.repository())));
    wake(operator.caches().namespaces, namespace -> operator.caches().repositories.all().stream()
        .filter(repository -> reachesInto(repository, namespace.getMetadata().getName())).map(Metadata::key));
    wake(operator.caches().storages, Essence::of, storage -> operator.caches().repositoriesByStorage
        .get(Metadata.key(storage).toString()).stream().map(Metadata::key));
    operator.caches().storages.onChange((before, after) -> {
      Set<ResourceKey> ended = new HashSet<>(pending(before));
      ended.removeAll(pending(after));
      ended.forEach(key -> offer(key, "BackupStorage"));
    });
  }

  /** Repositories of which the cluster does not have everything yet. */
  private static Set<ResourceKey> pending(Optional<BackupStorage> storage) {
    return storage.map(BackupStorage::getStatus).map(BackupStorageStatus::repositories).orElse(List.of()).stream()
        .filter(entry -> !Boolean.TRUE.equals(entry.synced()))
        .map(entry -> new ResourceKey(entry.namespace(), entry.name())).collect(Collectors.toSet());
  }

  /** Whether it waits for the word of that namespace may depend on the change. */
  private static boolean reachesInto(Repository repository, String namespace) {
    return repository.getSpec() != null && repository.getSpec().appRef() != null
        && namespace.equals(repository.getSpec().appRef().namespace())
        && !namespace.equals(repository.getMetadata().getNamespace());
  }

  /** Thousands come then, one after the other; the end of it wakes the Repository by its storage. */
  private boolean isBeingSynchronised(Snapshot snapshot) {
    return !Metadata.annotation(snapshot, Labels.VOLUME_SNAPSHOTS).isEmpty()
        && operator.caches().repositories.get(
            new ResourceKey(snapshot.getMetadata().getNamespace(), snapshot.getSpec().repository()))
        .flatMap(repository -> Synced.pending(operator.caches(), repository)).isPresent();
  }

  @Override
  protected Future<Requeue> reconcile(Reconciliation run, Repository repository) {
    return gatherer.gather(repository, operator.time().now()).compose(facts -> {
      Decision<RepositoryStatus> decision = RepositoryRules.decide(facts);
      return operator.effects().perform(decision.effects())
          .compose(_ -> operator.statuses().write(
              run, ResourceTypes.REPOSITORIES, repository, decision.status(), decision.reason()))
          .compose(_ -> operator.backends().written(repository, facts.access()))
          .map(decision.requeue());
    });
  }
}
