package io.snapstash.controller;

import io.snapstash.api.Conditions;
import io.snapstash.api.Phases;
import io.snapstash.api.ResourceFoundStatus;
import io.snapstash.api.RestoreSession;
import io.snapstash.api.Snapshot;
import io.snapstash.domain.phase.ConditionSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** RestoreSessions that have not ended: their targets' backups pause, and the Snapshots they read must stay. */
public final class RestoresUnderWay {
  private RestoresUnderWay() {}

  static Stream<RestoreSession> of(Caches caches) {
    return caches.restoreSessions.all().stream().filter(restore -> !Metadata.isDeleting(restore) && !isOver(restore));
  }

  /** Failed alone is not the end: one component may fail while claims of others are still being made (3.9). */
  private static boolean isOver(RestoreSession restore) {
    return restore.getStatus() != null && (Phases.INVALID.equals(restore.getStatus().phase())
        || ConditionSet.of(restore.getStatus().conditions()).isTrue(Conditions.METRICS_PUSHED));
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
