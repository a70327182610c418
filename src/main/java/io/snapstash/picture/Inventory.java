package io.snapstash.picture;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.BackupSession;
import io.snapstash.api.BackupStorage;
import io.snapstash.api.Repository;
import io.snapstash.api.RestoreSession;
import io.snapstash.api.RetentionPolicy;
import io.snapstash.api.Snapshot;
import io.snapstash.engine.ResourceKey;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The objects that a picture is made from. They are only read.
 *
 * @param claims every claim, by its creation
 * @param saved claims that some Succeeded Snapshot holds, wherever that Snapshot lies
 * @param work how far the runs under way are
 */
public record Inventory(Collection<BackupConfiguration> configurations, Collection<BackupSession> backups,
    Collection<RestoreSession> restores, Collection<Snapshot> snapshots, Collection<Repository> repositories,
    Collection<BackupStorage> storages, Collection<RetentionPolicy> policies, Map<ResourceKey, Instant> claims,
    Set<ResourceKey> saved, Work work) {

  /** What lies in one namespace; whether its claims are saved is still judged by everything. */
  public Inventory within(String namespace) {
    Map<ResourceKey, Instant> own = new HashMap<>(claims);
    own.keySet().removeIf(key -> !key.namespace().equals(namespace));
    return new Inventory(in(namespace, configurations), in(namespace, backups), in(namespace, restores),
        in(namespace, snapshots), in(namespace, repositories), in(namespace, storages), in(namespace, policies), own,
        saved, work);
  }

  private static <T extends HasMetadata> List<T> in(String namespace, Collection<T> objects) {
    return objects.stream().filter(object -> namespace.equals(object.getMetadata().getNamespace())).toList();
  }
}
