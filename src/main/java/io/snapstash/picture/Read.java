package io.snapstash.picture;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.api.Condition;
import io.snapstash.api.Snapshot;
import io.snapstash.api.SnapshotComponent;
import io.snapstash.api.SnapshotStatus;
import io.snapstash.api.TypedObjectReference;
import io.snapstash.api.VolumeSnapshotterStats;
import io.snapstash.domain.target.Target;
import io.snapstash.engine.ResourceKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Careful reading of objects that may be half written. */
final class Read {
  static final String SUCCEEDED = "Succeeded";
  static final String FAILED = "Failed";
  private static final int LONGEST = 400;

  private Read() {}

  static String key(HasMetadata object) {
    return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
  }

  static String id(Target target) {
    return target.namespace() + "/" + target.kind() + "/" + target.name();
  }

  /** What a reference from this object means; empty if it names nothing. */
  static Optional<Target> target(TypedObjectReference reference, HasMetadata from) {
    return reference == null || reference.name() == null ? Optional.empty()
        : Optional.of(Target.of(reference, from.getMetadata().getNamespace()));
  }

  static Instant created(HasMetadata object) {
    return instant(object.getMetadata().getCreationTimestamp()).orElse(Instant.EPOCH);
  }

  static Optional<Instant> instant(String text) {
    try {
      return Optional.ofNullable(text).filter(each -> !each.isEmpty()).map(Instant::parse);
    } catch (DateTimeException notATime) {
      return Optional.empty();
    }
  }

  static <T> List<T> list(List<T> list) {
    return list == null ? List.of() : list;
  }

  static String text(String text) {
    return text == null ? "" : text;
  }

  /** Messages come from drivers and hooks and may be endless. */
  static String brief(String text) {
    return text == null || text.isEmpty() ? null : text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  static String phase(Snapshot snapshot) {
    return Optional.ofNullable(snapshot.getStatus()).map(SnapshotStatus::phase).orElse("Pending");
  }

  static Instant cut(Snapshot snapshot) {
    return Optional.ofNullable(snapshot.getStatus()).map(SnapshotStatus::snapshotTime).orElseGet(() -> created(snapshot));
  }

  static Map<String, SnapshotComponent> components(Snapshot snapshot) {
    return Optional.ofNullable(snapshot.getStatus()).map(SnapshotStatus::components).orElse(Map.of());
  }

  static Stream<VolumeSnapshotterStats> volumes(SnapshotComponent component) {
    return component == null ? Stream.empty() : list(component.volumeSnapshotterStats()).stream();
  }

  static boolean isFalse(Condition condition) {
    return "False".equals(condition.status());
  }

  /** Claims that a good Snapshot holds. */
  static Set<ResourceKey> saved(Collection<Snapshot> snapshots) {
    Set<ResourceKey> saved = new HashSet<>();
    for (Snapshot snapshot : snapshots) {
      if (SUCCEEDED.equals(phase(snapshot)) && snapshot.getSpec() != null) {
        String namespace = target(snapshot.getSpec().appRef(), snapshot).map(Target::namespace)
            .orElse(snapshot.getMetadata().getNamespace());
        components(snapshot).values().stream().flatMap(Read::volumes).map(VolumeSnapshotterStats::pvcName)
            .filter(Objects::nonNull).forEach(claim -> saved.add(new ResourceKey(namespace, claim)));
      }
    }
    return saved;
  }
}
