package io.snapstash.controller;

import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.RestoreSession;
import io.snapstash.api.TypedObjectReference;
import java.util.Optional;

/**
 * While a target is being restored, its backups pause (behaviour 8.17). The pause is derived from the RestoreSession
 * and ends with it; nobody's spec is written.
 */
public final class RestorePause {
  private RestorePause() {}

  /** The unfinished RestoreSession, as {@code namespace/name}, that pauses this BackupConfiguration. */
  public static Optional<String> of(Caches caches, BackupConfiguration configuration) {
    TypedObjectReference target = Targets.resolve(configuration);
    return RestoresUnderWay.of(caches).filter(restore -> pauses(restore, target))
        .map(restore -> Metadata.key(restore).toString()).sorted().findFirst();
  }

  private static boolean pauses(RestoreSession restore, TypedObjectReference target) {
    return restore.getSpec() != null && restore.getSpec().target() != null
        && Targets.resolve(restore.getSpec().target(), restore.getMetadata().getNamespace()).equals(target);
  }
}
