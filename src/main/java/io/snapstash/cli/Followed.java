package io.snapstash.cli;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.BackupSession;
import io.snapstash.api.BackupStorage;
import io.snapstash.api.Repository;
import io.snapstash.api.RestoreSession;
import io.snapstash.api.RetentionPolicy;
import io.snapstash.api.Snapshot;
import io.snapstash.app.VolumesUnderWay;
import io.snapstash.csi.CsiTypes;
import io.snapstash.engine.Backoff;
import io.snapstash.engine.ResourceKey;
import io.snapstash.engine.Time;
import io.snapstash.kube.Cache;
import io.snapstash.kube.KubeFailure;
import io.snapstash.kube.ObjectMetadata;
import io.snapstash.kube.ResourceType;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.kube.Selection;
import io.snapstash.picture.Inventories;
import io.snapstash.picture.Inventory;
import io.snapstash.picture.Work;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What a person may see, listed once and then followed by watches. What the person has no right to look at, or what the
 * cluster does not have, is left out, apart from the kinds that there is no picture without.
 */
final class Followed implements AutoCloseable {
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration RETRY_MAX = Duration.ofSeconds(10);

  private final Cluster cluster;
  private final Time time;
  private final Runnable changed;
  private final ExecutorService thread = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
  private final List<Cache<?>> all = new ArrayList<>();
  private final VolumesUnderWay volumes;

  private final Cache<BackupConfiguration> configurations;
  private final Cache<BackupSession> backups;
  private final Cache<RestoreSession> restores;
  private final Cache<Snapshot> snapshots;
  private final Cache<Repository> repositories;
  private final Optional<Cache<BackupStorage>> storages;
  private final Optional<Cache<RetentionPolicy>> policies;
  private final Optional<Cache<ObjectMetadata>> claims;
  private final Optional<Cache<Job>> jobs;
  private final Optional<Cache<PersistentVolumeClaim>> restored;

  /**
   * Returns when everything has been listed.
   *
   * @param changed called on any thread after a change
   * @throws KubeFailure if one of our own kinds cannot be listed
   */
  Followed(Cluster cluster, String namespace, Time time, Runnable changed) {
    this.cluster = cluster;
    this.time = time;
    this.changed = changed;
    Selection here = Selection.in(namespace);
    Selection ours = StatusCommand.ours(namespace);
    configurations = needed(ResourceTypes.BACKUP_CONFIGURATIONS, here);
    backups = needed(ResourceTypes.BACKUP_SESSIONS, here);
    restores = needed(ResourceTypes.RESTORE_SESSIONS, here);
    snapshots = needed(ResourceTypes.SNAPSHOTS, here);
    repositories = needed(ResourceTypes.REPOSITORIES, here);
    storages = ifAllowed(ResourceTypes.BACKUP_STORAGES, here);
    policies = ifAllowed(ResourceTypes.RETENTION_POLICIES, here);
    claims = ifAllowed(ResourceTypes.CLAIMS.metadataOnly(), here);
    jobs = ifAllowed(ResourceTypes.JOBS, ours);
    restored = ifAllowed(ResourceTypes.CLAIMS, ours);
    volumes = new VolumesUnderWay(each -> cache(CsiTypes.VOLUME_SNAPSHOTS, each), changed);
    volumes.looking(isAllowed(CsiTypes.VOLUME_SNAPSHOTS, here));
    Cluster.await(Future.all(all.stream().map(Cache::start).toList()));
  }

  private <T extends HasMetadata> Cache<T> needed(ResourceType<T> type, Selection selection) {
    Cluster.await(cluster.kube().tryList(type, selection));
    return followed(type, selection);
  }

  private <T extends HasMetadata> Optional<Cache<T>> ifAllowed(ResourceType<T> type, Selection selection) {
    return isAllowed(type, selection) ? Optional.of(followed(type, selection)) : Optional.empty();
  }

  private boolean isAllowed(ResourceType<?> type, Selection selection) {
    try {
      Cluster.await(cluster.kube().tryList(type, selection));
      return true;
    } catch (KubeFailure failure) {
      if (Cluster.isHidden(failure)) {
        return false;
      }
      throw failure;
    }
  }

  private <T extends HasMetadata> Cache<T> followed(ResourceType<T> type, Selection selection) {
    Cache<T> cache = cache(type, selection).onChange((_, _) -> changed.run());
    all.add(cache);
    return cache;
  }

  private <T extends HasMetadata> Cache<T> cache(ResourceType<T> type, Selection selection) {
    return new Cache<>(cluster.kube(), type, selection, thread::execute, time,
        new Backoff(RETRY, RETRY_MAX, () -> ThreadLocalRandom.current().nextDouble()));
  }

  /** Whether every watch is open: what is shown may be old otherwise. */
  boolean isLive() {
    return all.stream().allMatch(Cache::isFollowing);
  }

  Inventory inventory() {
    Map<String, Map<String, Set<ResourceKey>>> asked = Work.asked(all(jobs));
    Map<String, Set<ResourceKey>> done = new HashMap<>(Work.bound(all(restored)));
    done.putAll(volumes.ready(backups.all(), asked));
    return new Inventory(configurations.all(), backups.all(), restores.all(), snapshots.all(), repositories.all(),
        all(storages), all(policies), Inventories.claims(all(claims)), Inventories.saved(snapshots.all()),
        new Work(asked, done));
  }

  private static <T extends HasMetadata> Collection<T> all(Optional<Cache<T>> cache) {
    return cache.map(Cache::all).orElse(List.of());
  }

  @Override
  public void close() {
    volumes.looking(false);
    all.forEach(Cache::close);
    thread.close();
  }
}
