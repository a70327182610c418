package io.snapstash.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Json;
import io.snapstash.api.Labels;
import io.snapstash.csi.CsiTypes;
import io.snapstash.csi.VolumeSnapshot;
import io.snapstash.domain.naming.Names;
import io.snapstash.domain.naming.OffshootLabels;
import io.snapstash.domain.plan.BackupPlan;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.KubeFailure;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One VolumeSnapshot per claim: found again or made, and followed until it is ready, gone or too late. */
final class Capture {
  private static final Logger LOG = LoggerFactory.getLogger(Capture.class);

  private final JobContext context;
  private final BackupPlan plan;
  private final Patience patience;
  private final Lookout<VolumeSnapshot> lookout;

  Capture(JobContext context, BackupPlan plan, Patience patience, Lookout<VolumeSnapshot> lookout) {
    this.context = context;
    this.plan = plan;
    this.patience = patience;
    this.lookout = lookout;
  }

  /** Never fails for the sake of one claim: what went wrong stands in its result. */
  Future<List<Captured>> of(BackupPlan.Component component, SnapshotBoards boards) {
    Consumer<String> progress = progress(component, boards);
    List<Future<Captured>> claims = component.claims().stream().map(claim -> of(claim, progress)).toList();
    return Future.join(claims).map(_ -> claims.stream().map(Future::result).toList());
  }

  /** The driver's last complaint is shown while there is still hope; it is not final (behaviour 6.12). */
  private Consumer<String> progress(BackupPlan.Component component, SnapshotBoards boards) {
    return error -> {
      ObjectNode status = JsonNodeFactory.instance.objectNode();
      status.putObject("components").putObject(component.name()).put("error", error);
      boards.write(status);
    };
  }

  private Future<Captured> of(BackupPlan.Claim claim, Consumer<String> progress) {
    if (claim.error() != null) {
      return Future.succeededFuture(Captured.failed(claim, claim.error()));
    }
    return findOrMake(claim).compose(made -> follow(claim, made, progress))
        .otherwise(failure -> Captured.failed(claim, claim.name() + ": " + failure.getMessage()));
  }

  /** The one with this run's mark, whatever its name; else a new one, by another name if the first is taken. */
  private Future<VolumeSnapshot> findOrMake(BackupPlan.Claim claim) {
    Optional<VolumeSnapshot> mine = lookout.all().stream().filter(this::isMine)
        .filter(each -> each.getMetadata().getNamespace().equals(claim.namespace())
            && claim.name().equals(each.getSpec().source().persistentVolumeClaimName()))
        .findFirst();
    return mine.map(Future::succeededFuture).orElseGet(() ->
        make(claim, Names.volumeSnapshot(claim.name(), plan.nameSuffix())).recover(failure ->
            KubeFailure.is(failure, KubeFailure.Kind.ALREADY_EXISTS)
                ? make(claim, Names.volumeSnapshotOnCollision(claim.name(), plan.nameSuffix(), plan.sessionUid()))
                : Future.failedFuture(failure)));
  }

  private Future<VolumeSnapshot> make(BackupPlan.Claim claim, String name) {
    return patience.with(() -> context.kube().create(CsiTypes.VOLUME_SNAPSHOTS, claim.namespace(),
            manifest(claim, name)))
        .recover(failure -> KubeFailure.is(failure, KubeFailure.Kind.ALREADY_EXISTS)
            ? patience.with(() -> context.kube().get(CsiTypes.VOLUME_SNAPSHOTS,
                new ResourceKey(claim.namespace(), name))).compose(found -> isMine(found)
                    ? Future.succeededFuture(found) : Future.failedFuture(failure))
            : Future.failedFuture(failure))
        .map(made -> {
          lookout.observe(made);
          return made;
        });
  }

  private boolean isMine(VolumeSnapshot snapshot) {
    return plan.sessionUid().equals(Optional.ofNullable(snapshot.getMetadata().getAnnotations()).orElse(Map.of())
        .get(Labels.BACKUP_SESSION_UID));
  }

  private ObjectNode manifest(BackupPlan.Claim claim, String name) {
    ObjectNode snapshot = JsonNodeFactory.instance.objectNode()
        .put("apiVersion", "snapshot.storage.k8s.io/v1").put("kind", "VolumeSnapshot");
    ObjectNode metadata = snapshot.putObject("metadata").put("name", name).put("namespace", claim.namespace());
    metadata.set("labels", Json.MAPPER.valueToTree(
        OffshootLabels.ofVolumeSnapshot(plan.session(), plan.sessionNamespace(), plan.sessionName())));
    metadata.putObject("annotations")
        .put(Labels.BACKUP_SESSION, plan.sessionNamespace() + "/" + plan.session())
        .put(Labels.BACKUP_SESSION_UID, plan.sessionUid());
    ObjectNode spec = snapshot.putObject("spec");
    spec.putObject("source").put("persistentVolumeClaimName", claim.name());
    if (claim.className() != null) {
      spec.put("volumeSnapshotClassName", claim.className());
    }
    return snapshot;
  }

  private Future<Captured> follow(BackupPlan.Claim claim, VolumeSnapshot made, Consumer<String> progress) {
    ResourceKey key = new ResourceKey(claim.namespace(), made.getMetadata().getName());
    String[] lastError = {""};
    return lookout.<Captured>until(key, seen -> {
      if (seen.isEmpty()) {
        return Optional.of(captured(claim, made, Optional.of(
            "VolumeSnapshot " + key + " was deleted before it was ready")));
      }
      if (seen.get().isReady()) {
        return Optional.of(captured(claim, seen.get(), Optional.empty()));
      }
      String error = error(seen.get());
      if (!error.isEmpty() && !error.equals(lastError[0])) {
        lastError[0] = error;
        LOG.warn("driver reports claim={} snapshot={} error=\"{}\"", claim.name(), key, error);
        progress.accept(claim.name() + ": " + error);
      }
      return Optional.empty();
    }).otherwise(failure -> captured(claim, made, Optional.of(
        claim.name() + ": " + failure.getMessage() + (lastError[0].isEmpty() ? "" : "; last error: " + lastError[0]))));
  }

  private static String error(VolumeSnapshot snapshot) {
    return Optional.ofNullable(snapshot.getStatus()).map(VolumeSnapshot.Status::error)
        .map(VolumeSnapshot.SnapshotError::message).orElse("");
  }

  private static Captured captured(BackupPlan.Claim claim, VolumeSnapshot snapshot, Optional<String> error) {
    Instant created = Instant.parse(snapshot.getMetadata().getCreationTimestamp());
    Instant cut = Optional.ofNullable(snapshot.getStatus()).map(VolumeSnapshot.Status::creationTime).orElse(created);
    return new Captured(claim, Optional.of(snapshot.getMetadata().getName()), Optional.of(created), Optional.of(cut),
        error);
  }
}
