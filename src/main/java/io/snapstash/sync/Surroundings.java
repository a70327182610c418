package io.snapstash.sync;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.api.Repository;
import io.snapstash.api.Snapshot;
import io.snapstash.engine.ResourceKey;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** What a synchronisation asks about the cluster it writes to. */
public interface Surroundings {
  /** Why nothing may be made in that namespace (yet): it is not there, or the storage does not allow it. */
  Future<Optional<String>> objectionTo(String namespace);

  Future<Optional<Repository>> repository(ResourceKey key);

  Future<Optional<Snapshot>> snapshot(ResourceKey key);

  Future<List<Snapshot>> snapshotsOf(ResourceKey repository);

  /** False as soon as nobody wants the rest any more. */
  boolean isStillWanted();

  /** Takes the answer of a write. */
  void observe(HasMetadata written);
}
