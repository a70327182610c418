package io.snapstash.app;

import io.snapstash.api.BackupSession;
import io.snapstash.api.Phases;
import io.snapstash.csi.ReadyVolumes;
import io.snapstash.csi.VolumeSnapshot;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.Cache;
import io.snapstash.kube.Selection;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The VolumeSnapshots of backups under way. The Job writes a component only when it ends, so they are what tells how far
 * a run is. They are followed run by run, and only while somebody looks: an operator at rest asks for none.
 */
public final class VolumesUnderWay {
  /** Each costs a watch; of more runs at once only the oldest have a bar that moves. */
  private static final int MOST = 50;

  private record Followed(String uid, String namespace) {}

  private final Function<Selection, Cache<VolumeSnapshot>> open;
  private final Runnable changed;
  private final Map<Followed, Cache<VolumeSnapshot>> followed = new HashMap<>();
  private boolean looking;

  /**
   * Follows nothing yet.
   *
   * @param open makes a cache that has not been started
   * @param changed called on any thread when a volume may have become ready
   */
  public VolumesUnderWay(Function<Selection, Cache<VolumeSnapshot>> open, Runnable changed) {
    this.open = open;
    this.changed = changed;
  }

  /** Who begins to look gets another picture soon: that of the runs that are followed from now on. */
  public void looking(boolean somebody) {
    synchronized (this) {
      looking = somebody;
      if (!somebody) {
        keep(Set.of());
      }
    }
    if (somebody) {
      changed.run();
    }
  }

  /**
   * What is known at this moment; while somebody looks, those of the given runs that are at work are followed from now
   * on, and no others.
   */
  public synchronized Map<String, Set<ResourceKey>> ready(Collection<BackupSession> runs,
      Map<String, Map<String, Set<ResourceKey>>> asked) {
    if (looking) {
      Map<Followed, String> wanted = new HashMap<>();
      runs.stream().filter(VolumesUnderWay::isAtWork).filter(run -> asked.containsKey(run.getMetadata().getUid()))
          .sorted(Comparator.comparing(run -> run.getMetadata().getCreationTimestamp())).limit(MOST)
          .forEach(run -> namespaces(asked.get(run.getMetadata().getUid())).forEach(namespace ->
              wanted.put(new Followed(run.getMetadata().getUid(), namespace), run.getMetadata().getName())));
      keep(wanted.keySet());
      wanted.forEach((which, session) -> followed.computeIfAbsent(which, _ -> follow(which, session)));
    }
    return ReadyVolumes.byRun(followed.values().stream().flatMap(cache -> cache.all().stream()).toList());
  }

  private static boolean isAtWork(BackupSession run) {
    return run.getStatus() != null && Phases.RUNNING.equals(run.getStatus().phase());
  }

  private static Stream<String> namespaces(Map<String, Set<ResourceKey>> components) {
    return components.values().stream().flatMap(Set::stream).map(ResourceKey::namespace).distinct();
  }

  private Cache<VolumeSnapshot> follow(Followed which, String session) {
    Cache<VolumeSnapshot> cache = open.apply(ReadyVolumes.of(session).within(which.namespace()));
    cache.onChange((before, after) -> {
      if (isReady(before) != isReady(after)) {
        changed.run();
      }
    });
    cache.start();
    return cache;
  }

  private static boolean isReady(Optional<VolumeSnapshot> snapshot) {
    return snapshot.filter(VolumeSnapshot::isReady).isPresent();
  }

  private void keep(Set<Followed> wanted) {
    List.copyOf(followed.keySet()).stream().filter(each -> !wanted.contains(each))
        .forEach(each -> followed.remove(each).close());
  }
}
