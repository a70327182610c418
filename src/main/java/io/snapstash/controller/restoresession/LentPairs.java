package io.snapstash.controller.restoresession;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.snapstash.api.Conditions;
import io.snapstash.api.Labels;
import io.snapstash.api.ResourceFoundStatus;
import io.snapstash.api.RestoreSession;
import io.snapstash.api.RestoreSessionStatus;
import io.snapstash.api.RestoreSessionStatusBuilder;
import io.snapstash.controller.Decision;
import io.snapstash.controller.Effect;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Notice;
import io.snapstash.csi.CsiTypes;
import io.snapstash.csi.SnapshotPair;
import io.snapstash.csi.VolumeSnapshot;
import io.snapstash.csi.VolumeSnapshotContent;
import io.snapstash.engine.Requeue;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.DeleteOptions;
import io.snapstash.kube.KubeClient;
import io.snapstash.kube.ResourceTypes;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pairs that were made for one restore go after it (behaviour 8.12): when no claim needs them any more, the
 * VolumeSnapshot first, then its content. They stand among the dependencies of the restore, found until they are gone,
 * so that whoever comes back after a crash knows of them.
 */
final class LentPairs {
  private static final String GROUP = "snapshot.storage.k8s.io";
  private static final String KIND = "VolumeSnapshotContent";
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration LATER = Duration.ofSeconds(10);

  private LentPairs() {}

  /** The pairs among them that no earlier pass has noted. */
  static List<SnapshotPair> unnoted(RestoreSession restore, List<SnapshotPair> pairs) {
    return pairs.stream().filter(pair -> !of(restore).contains(pair.contentName())).toList();
  }

  /** With what was noted before, whatever else is found out anew. */
  static List<ResourceFoundStatus> noted(
      RestoreSession restore, List<ResourceFoundStatus> dependencies, List<SnapshotPair> pairs) {
    List<ResourceFoundStatus> all = new ArrayList<>(dependencies);
    Optional.ofNullable(RestoreSessionRules.status(restore).dependencies()).orElse(List.of()).stream()
        .filter(each -> KIND.equals(each.kind())).forEach(all::add);
    pairs.forEach(pair -> all.add(new ResourceFoundStatus(GROUP, KIND, null, pair.contentName(), true)));
    return all;
  }

  private static boolean isNoted(ResourceFoundStatus dependency) {
    return KIND.equals(dependency.kind()) && Boolean.TRUE.equals(dependency.found());
  }

  static List<String> of(RestoreSession restore) {
    return Optional.ofNullable(RestoreSessionRules.status(restore).dependencies()).orElse(List.of()).stream()
        .filter(LentPairs::isNoted).map(ResourceFoundStatus::name).toList();
  }

  static Future<List<LentPair>> look(KubeClient kube, RestoreSession restore) {
    List<Future<LentPair>> looks = of(restore).stream().map(name -> look(kube, name)).toList();
    return Future.all(looks).map(_ -> looks.stream().map(Future::result).toList());
  }

  private static Future<LentPair> look(KubeClient kube, String name) {
    return kube.find(CsiTypes.VOLUME_SNAPSHOT_CONTENTS, ResourceKey.clusterScoped(name)).compose(content -> content
        .map(found -> found.getSpec().volumeSnapshotRef())
        .map(ref -> kube.find(CsiTypes.VOLUME_SNAPSHOTS, new ResourceKey(ref.namespace(), ref.name())))
        .orElse(Future.succeededFuture(Optional.<VolumeSnapshot>empty()))
        .map(snapshot -> new LentPair(name, content, snapshot)));
  }

  /** Empty if there is nothing to give back. */
  static Optional<Decision<RestoreSessionStatus>> giveBack(RestoreSessionFacts facts) {
    RestoreSession restore = facts.restore();
    boolean over = Metadata.isDeleting(restore)
        || RestoreSessionRules.conditions(restore).isTrue(Conditions.METRICS_PUSHED);
    if (!over || facts.pairs().isEmpty()) {
      return Metadata.isDeleting(restore) && Metadata.hasFinalizer(restore)
          ? Optional.of(released(restore)) : Optional.empty();
    }
    if (facts.pairs().stream().allMatch(pair -> isSettled(pair, restore))) {
      return Optional.of(new Decision<>(forgotten(restore), List.of(), Requeue.settled(), "PairsGone"));
    }
    if (Metadata.isDeleting(restore) && facts.job().isPresent()) {
      return Optional.of(new Decision<>(RestoreSessionRules.status(restore), stopped(facts.job().get()),
          Requeue.after(SOON), "StoppingJob"));
    }
    List<Effect> effects = new ArrayList<>(facts.pairs().stream().filter(pair -> !isNeeded(pair, facts))
        .flatMap(pair -> next(pair, restore).stream()).toList());
    boolean waits = facts.pairs().stream().allMatch(pair -> isSettled(pair, restore) || isNeeded(pair, facts));
    if (waits && Metadata.isDeleting(restore)) {
      effects.add(new Effect.Tell(Notice.warning(restore, "DeletionWaits", "a claim of this restore is still to be"
          + " bound; delete the claim, or let a Pod use it")));
    }
    Requeue next = waits ? Requeue.settled() : Requeue.after(effects.isEmpty() ? LATER : SOON);
    return Optional.of(new Decision<>(RestoreSessionRules.status(restore), effects, next, "RemovingPairs"));
  }

  /** As long as it runs it may make one more claim. */
  private static List<Effect> stopped(Job job) {
    return Metadata.isDeleting(job) ? List.of() : List.of(new Effect.Delete(ResourceTypes.JOBS, Metadata.key(job),
        DeleteOptions.exactly(job.getMetadata().getUid())));
  }

  /** Gone, or changed by somebody so that to remove it might free the original: then both halves are left. */
  private static boolean isSettled(LentPair pair, RestoreSession restore) {
    return pair.content().map(content -> !isLent(content, restore))
        .orElseGet(() -> lent(pair.snapshot(), restore).isEmpty());
  }

  private static boolean isNeeded(LentPair pair, RestoreSessionFacts facts) {
    return pair.snapshot().filter(snapshot -> facts.claims().stream().anyMatch(claim ->
        claim.getMetadata().getNamespace().equals(snapshot.getMetadata().getNamespace())
            && claim.getStatus() != null && "Pending".equals(claim.getStatus().getPhase())
            && !Metadata.isDeleting(claim) && claim.getSpec().getDataSourceRef() != null
            && snapshot.getMetadata().getName().equals(claim.getSpec().getDataSourceRef().getName()))).isPresent();
  }

  private static Optional<Effect> next(LentPair pair, RestoreSession restore) {
    if (isSettled(pair, restore)) {
      return Optional.empty();
    }
    Optional<VolumeSnapshot> snapshot = lent(pair.snapshot(), restore);
    if (snapshot.isPresent()) {
      return snapshot.filter(found -> !Metadata.isDeleting(found)).map(found -> new Effect.Delete(
          CsiTypes.VOLUME_SNAPSHOTS, Metadata.key(found), DeleteOptions.exactly(found.getMetadata().getUid())));
    }
    return pair.content().filter(found -> !Metadata.isDeleting(found)).filter(found -> isLent(found, restore))
        .map(found -> new Effect.Delete(CsiTypes.VOLUME_SNAPSHOT_CONTENTS,
            ResourceKey.clusterScoped(pair.contentName()), DeleteOptions.exactly(found.getMetadata().getUid())));
  }

  private static Optional<VolumeSnapshot> lent(Optional<VolumeSnapshot> snapshot, RestoreSession restore) {
    return snapshot.filter(found ->
        restore.getMetadata().getUid().equals(Metadata.annotation(found, Labels.RESTORE_SESSION_UID)));
  }

  /** One that somebody has set to Delete since would free the original along. */
  private static boolean isLent(VolumeSnapshotContent content, RestoreSession restore) {
    return restore.getMetadata().getUid().equals(Metadata.annotation(content, Labels.RESTORE_SESSION_UID))
        && "Retain".equals(content.getSpec().deletionPolicy());
  }

  private static RestoreSessionStatus forgotten(RestoreSession restore) {
    RestoreSessionStatus status = RestoreSessionRules.status(restore);
    return RestoreSessionStatusBuilder.builder(status).dependencies(status.dependencies().stream()
        .map(each -> isNoted(each)
            ? new ResourceFoundStatus(each.apiGroup(), each.kind(), each.namespace(), each.name(), false) : each)
        .toList()).build();
  }

  private static Decision<RestoreSessionStatus> released(RestoreSession restore) {
    return new Decision<>(RestoreSessionRules.status(restore), List.of(new Effect.Patch(ResourceTypes.RESTORE_SESSIONS,
        Metadata.key(restore), Metadata.withoutFinalizer(restore))), Requeue.settled(), "Released");
  }
}
