package io.snapstash.job;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.TypedObjectReference;
import io.snapstash.api.Labels;
import io.snapstash.csi.VolumeSnapshot;
import io.snapstash.domain.plan.RestorePlan;
import io.snapstash.domain.restore.ClaimSize;
import io.snapstash.engine.Cancellable;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.DeleteOptions;
import io.snapstash.kube.KubeFailure;
import io.snapstash.kube.ResourceTypes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one claim of a restore: waits for its VolumeSnapshot, raises the size, creates it, makes sure that the API
 * server kept the data source, and waits until it is bound. A claim without its source would be an empty volume that
 * looks restored; such a one is deleted again (behaviour 8.10).
 */
final class ClaimMaker {
  private static final Logger LOG = LoggerFactory.getLogger(ClaimMaker.class);
  private static final Duration HOPELESS = Duration.ofMinutes(3);

  private final JobContext context;
  private final String sessionUid;
  private final Patience patience;
  private final Lookout<VolumeSnapshot> snapshots;
  private final Lookout<PersistentVolumeClaim> claims;

  ClaimMaker(JobContext context, String sessionUid, Patience patience, Lookout<VolumeSnapshot> snapshots,
      Lookout<PersistentVolumeClaim> claims) {
    this.context = context;
    this.sessionUid = sessionUid;
    this.patience = patience;
    this.snapshots = snapshots;
    this.claims = claims;
  }

  /** Never fails: what went wrong stands in the result. */
  Future<ClaimEnd> make(RestorePlan.Claim claim) {
    if (claim.error() != null) {
      return Future.succeededFuture(ClaimEnd.failed(claim.name() + ": " + claim.error()));
    }
    return existing(claim).compose(found -> found.isPresent() ? takeOver(claim, found.get()) : fresh(claim))
        .otherwise(failure -> ClaimEnd.failed(claim.name() + ": " + failure.getMessage()));
  }

  private Future<Optional<PersistentVolumeClaim>> existing(RestorePlan.Claim claim) {
    return patience.with(() -> context.kube().find(ResourceTypes.CLAIMS, keyOf(claim)));
  }

  private Future<ClaimEnd> takeOver(RestorePlan.Claim claim, PersistentVolumeClaim found) {
    if (!isMine(found)) {
      return Future.succeededFuture(ClaimEnd.failed("claim " + keyOf(claim)
          + " exists already and was not made by this restore: remove it or restore under another name"));
    }
    return checked(claim, found);
  }

  private Future<ClaimEnd> fresh(RestorePlan.Claim claim) {
    return ready(claim).compose(snapshot -> {
      snapshot.flatMap(ClaimMaker::restoreSize).ifPresent(size -> ClaimSize.raise(claim.manifest(), size));
      return patience.with(() -> context.kube().create(ResourceTypes.CLAIMS, claim.namespace(), claim.manifest()))
          .compose(made -> checked(claim, made))
          .recover(failure -> KubeFailure.is(failure, KubeFailure.Kind.ALREADY_EXISTS)
              ? existing(claim).compose(found -> takeOver(claim, found.orElseThrow()))
              : Future.failedFuture(failure));
    });
  }

  private Future<Optional<VolumeSnapshot>> ready(RestorePlan.Claim claim) {
    if (claim.snapshotName() == null) {
      return Future.succeededFuture(Optional.empty());
    }
    ResourceKey key = new ResourceKey(claim.snapshotNamespace(), claim.snapshotName());
    Future<Optional<VolumeSnapshot>> ready = snapshots.until(key, seen -> seen.isEmpty()
        ? Optional.of(Optional.empty()) : seen.filter(VolumeSnapshot::isReady).map(Optional::of));
    return (Boolean.TRUE.equals(claim.standIn()) ? unlessHopeless(key, ready) : ready)
        .recover(late -> Future.failedFuture("VolumeSnapshot " + key + " was not ready in time: " + late.getMessage()))
        .compose(seen -> seen.isEmpty() ? Future.failedFuture("VolumeSnapshot " + key + " does not exist")
            : seen.get().getMetadata().getDeletionTimestamp() != null
                ? Future.failedFuture("VolumeSnapshot " + key + " is being deleted")
                : Future.succeededFuture(seen));
  }

  /** A handle that the driver does not know stays unknown: no deadline of hours is waited for. */
  private Future<Optional<VolumeSnapshot>> unlessHopeless(ResourceKey key, Future<Optional<VolumeSnapshot>> ready) {
    Promise<Optional<VolumeSnapshot>> sooner = Promise.promise();
    Cancellable alarm = context.time().schedule(HOPELESS, () -> sooner.tryFail("its driver does not find it: "
        + snapshots.find(key).map(VolumeSnapshot::getStatus).map(VolumeSnapshot.Status::error)
            .map(VolumeSnapshot.SnapshotError::message).orElse("it says nothing")));
    ready.onComplete(seen -> {
      alarm.cancel();
      if (seen.succeeded()) {
        sooner.tryComplete(seen.result());
      } else {
        sooner.tryFail(seen.cause());
      }
    });
    return sooner.future();
  }

  private static Optional<String> restoreSize(VolumeSnapshot snapshot) {
    return Optional.ofNullable(snapshot.getStatus()).map(VolumeSnapshot.Status::restoreSize);
  }

  private Future<ClaimEnd> checked(RestorePlan.Claim claim, PersistentVolumeClaim made) {
    if (!keptItsSource(claim, made)) {
      LOG.error("claim lost its data source key={}", keyOf(claim));
      return patience.with(() -> context.kube().deleteIfPresent(ResourceTypes.CLAIMS, keyOf(claim),
              DeleteOptions.exactly(made.getMetadata().getUid())))
          .map(ClaimEnd.failed("the API server dropped the data source of claim " + keyOf(claim)
              + "; the empty claim was deleted again"));
    }
    claims.observe(made);
    return Boolean.TRUE.equals(claim.waitForFirstConsumer()) ? Future.succeededFuture(unlessBound(claim, made))
        : bound(claim);
  }

  private static ClaimEnd unlessBound(RestorePlan.Claim claim, PersistentVolumeClaim made) {
    return "Bound".equals(phase(made)) ? ClaimEnd.bound() : ClaimEnd.unknown("claim " + keyOf(claim)
        + " is filled when the first Pod uses it (volumeBindingMode WaitForFirstConsumer)");
  }

  private Future<ClaimEnd> bound(RestorePlan.Claim claim) {
    ResourceKey key = keyOf(claim);
    return claims.<ClaimEnd>until(key, seen -> switch (seen.map(ClaimMaker::phase).orElse("Gone")) {
      case "Bound" -> Optional.of(ClaimEnd.bound());
      case "Lost" -> Optional.of(ClaimEnd.failed("claim " + key + " has lost its volume"));
      case "Gone" -> Optional.of(ClaimEnd.failed("claim " + key + " was deleted before it was bound"));
      default -> Optional.empty();
    }).otherwise(failure -> ClaimEnd.failed("claim " + key + " was not bound in time: " + failure.getMessage()));
  }

  private static boolean keptItsSource(RestorePlan.Claim claim, PersistentVolumeClaim made) {
    var sent = claim.manifest().at("/spec/dataSourceRef").isObject()
        ? claim.manifest().at("/spec/dataSourceRef") : claim.manifest().at("/spec/dataSource");
    TypedObjectReference kept = made.getSpec().getDataSourceRef();
    return sent.isMissingNode() || kept != null && sent.path("kind").asText().equals(kept.getKind())
        && sent.path("name").asText().equals(kept.getName());
  }

  private boolean isMine(PersistentVolumeClaim claim) {
    return sessionUid.equals(Optional.ofNullable(claim.getMetadata().getAnnotations()).orElse(Map.of())
        .get(Labels.RESTORE_SESSION_UID));
  }

  private static String phase(PersistentVolumeClaim claim) {
    return claim.getStatus() == null || claim.getStatus().getPhase() == null ? "Pending" : claim.getStatus().getPhase();
  }

  private static ResourceKey keyOf(RestorePlan.Claim claim) {
    return new ResourceKey(claim.namespace(), claim.name());
  }
}
