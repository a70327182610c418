package io.snapstash.controller;

import io.snapstash.api.Phases;
import io.snapstash.api.ResourceFoundStatus;
import io.snapstash.api.RestoreSession;
import io.snapstash.api.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** RestoreSessions that have not ended: their targets' backups pause, and the Snapshots they read must stay. */
public final class RestoresUnderWay {
  private static final Set<String> OVER = Set.of(Phases.SUCCEEDED, Phases.FAILED, Phases.INVALID, Phases.UNKNOWN);

  private RestoresUnderWay() {}

  static Stream<RestoreSession> of(Caches caches) {
    return caches.restoreSessions.all().stream().filter(restore -> !Metadata.isDeleting(restore)
        && (restore.getStatus() == null || restore.getStatus().phase() == null
            || !OVER.contains(restore.getStatus().phase())));
  }

  /** The one, as {@code namespace/name}, that has noted this Snapshot as its source (behaviour 8.2). */
  public static Optional<String> from(Caches caches, Snapshot snapshot) {
    return of(caches).filter(restore -> restore.getStatus() != null)
        .filter(restore -> Optional.ofNullable(restore.getStatus().dependencies()).orElse(List.of()).stream()
            .anyMatch(noted -> isFor(noted, snapshot)))
        .map(restore -> Metadata.key(restore).toString()).sorted().findFirst();
  }

  private static boolean isFor(ResourceFoundStatus noted, Snapshot snapshot) {
    return "Snapshot".equals(noted.kind()) && Boolean.TRUE.equals(noted.found())
        && snapshot.getMetadata().getName().equals(noted.name())
        && snapshot.getMetadata().getNamespace().equals(noted.namespace());
  }
}
