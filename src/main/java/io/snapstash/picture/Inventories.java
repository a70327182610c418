package io.snapstash.picture;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.api.Snapshot;
import io.snapstash.engine.ResourceKey;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The parts of an {@link Inventory} that have to be worked out from other objects. */
public final class Inventories {
  private Inventories() {}

  /** Every claim by its creation, without those that are being deleted. */
  public static Map<ResourceKey, Instant> claims(Collection<? extends HasMetadata> claims) {
    Map<ResourceKey, Instant> all = new HashMap<>();
    claims.stream().filter(each -> each.getMetadata().getDeletionTimestamp() == null).forEach(each ->
        all.put(new ResourceKey(each.getMetadata().getNamespace(), each.getMetadata().getName()), Read.created(each)));
    return all;
  }

  /** Claims that some Succeeded Snapshot holds. */
  public static Set<ResourceKey> saved(Collection<Snapshot> snapshots) {
    return Read.saved(snapshots);
  }
}
