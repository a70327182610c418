package io.snapstash.controller.backupsession;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.snapstash.api.BackupSession;
import io.snapstash.api.Json;
import io.snapstash.api.Labels;
import io.snapstash.controller.JobMaker;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Operator;
import io.snapstash.csi.CsiTypes;
import io.snapstash.csi.VolumeSnapshot;
import io.snapstash.domain.naming.OffshootLabels;
import io.snapstash.domain.plan.BackupPlan;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.Cache;
import io.snapstash.kube.Selection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Sees when the data of a run is cut: when each of its VolumeSnapshots reports its creationTime, which may be long
 * before it is readyToUse. Follows the VolumeSnapshots of those runs only that have a hook waiting for it, and only
 * for so long.
 */
final class CutWatch {
  private final Operator operator;
  private final Consumer<ResourceKey> changed;
  private final Map<String, Cache<VolumeSnapshot>> followed = new HashMap<>();

  CutWatch(Operator operator, Consumer<ResourceKey> changed) {
    this.operator = operator;
    this.changed = changed;
  }

  /** False also while nothing is known yet; the run is looked at again when that changes. */
  boolean isCut(BackupSession run, Optional<Job> job) {
    Optional<BackupPlan> plan = job.flatMap(CutWatch::plan);
    Optional<BackupPlan.Claim> first = plan.flatMap(found -> found.components().stream()
        .flatMap(component -> component.claims().stream()).findFirst());
    if (first.isEmpty()) {
      return false;
    }
    String uid = run.getMetadata().getUid();
    Cache<VolumeSnapshot> snapshots =
        followed.computeIfAbsent(uid, _ -> follow(run, first.get().namespace(), plan.get().sessionName()));
    long wanted = plan.get().components().stream().filter(component -> component.error() == null)
        .flatMap(component -> component.claims().stream()).filter(claim -> claim.error() == null)
        .map(BackupPlan.Claim::name).distinct().count();
    long cut = snapshots.all().stream().filter(each -> uid.equals(Metadata.annotation(each, Labels.BACKUP_SESSION_UID)))
        .filter(each -> each.getStatus() != null && each.getStatus().creationTime() != null).count();
    return wanted > 0 && cut >= wanted;
  }

  void forget(BackupSession run) {
    Optional.ofNullable(followed.remove(run.getMetadata().getUid())).ifPresent(Cache::close);
  }

  void close() {
    List.copyOf(followed.values()).forEach(Cache::close);
    followed.clear();
  }

  private Cache<VolumeSnapshot> follow(BackupSession run, String namespace, String session) {
    String labels = new TreeMap<>(OffshootLabels.ofVolumeSnapshot(run.getMetadata().getName(),
        run.getMetadata().getNamespace(), session)).entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue()).collect(Collectors.joining(","));
    Cache<VolumeSnapshot> cache =
        operator.caches().apart(CsiTypes.VOLUME_SNAPSHOTS, new Selection(namespace, labels, ""));
    cache.onChange((_, _) -> changed.accept(Metadata.key(run)));
    cache.start();
    return cache;
  }

  private static Optional<BackupPlan> plan(Job job) {
    if (job.getSpec().getTemplate() == null) {
      return Optional.empty();
    }
    return job.getSpec().getTemplate().getSpec().getContainers().stream()
        .flatMap(container -> container.getEnv().stream()).filter(each -> JobMaker.PLAN.equals(each.getName()))
        .map(EnvVar::getValue).findFirst().flatMap(CutWatch::read);
  }

  private static Optional<BackupPlan> read(String json) {
    try {
      return Optional.of(Json.MAPPER.readValue(json, BackupPlan.class));
    } catch (JsonProcessingException notOurs) {
      return Optional.empty();
    }
  }
}
