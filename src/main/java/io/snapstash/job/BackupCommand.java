package io.snapstash.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Labels;
import io.snapstash.api.Phases;
import io.snapstash.api.Snapshot;
import io.snapstash.api.SnapshotComponent;
import io.snapstash.csi.CsiTypes;
import io.snapstash.csi.VolumeSnapshot;
import io.snapstash.domain.naming.Shortening;
import io.snapstash.domain.plan.BackupPlan;
import io.snapstash.domain.unit.GoDuration;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.kube.Selection;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code backup}: makes all VolumeSnapshots of a run at once, waits for the CSI driver by one watch per namespace and
 * writes the components of every Snapshot (behaviour 6.7-6.14).
 */
public final class BackupCommand {
  private static final Logger LOG = LoggerFactory.getLogger(BackupCommand.class);

  private final JobContext context;

  public BackupCommand(JobContext context) {
    this.context = context;
  }

  /** @return an exit code of {@link JobExit} */
  public int run() {
    return PlannedWork.run(context, BackupPlan.class, LOG, plan -> new Run(plan).toEnd());
  }

  /** One execution of a plan. */
  private final class Run {
    private final BackupPlan plan;
    private final Patience patience;
    private final Instant started = context.time().now();

    Run(BackupPlan plan) {
      this.plan = plan;
      this.patience = new Patience(context.time(), plan.deadline());
    }

    Future<Integer> toEnd() {
      return Future.all(plan.snapshots().stream().map(this::read).toList())
          .compose(read -> execute(read.<Optional<Snapshot>>list().stream().flatMap(Optional::stream)
              .filter(this::isOfThisRun).toList()));
    }

    private Future<Optional<Snapshot>> read(BackupPlan.SnapshotRef snapshot) {
      return patience.with(() -> context.kube().find(
          ResourceTypes.SNAPSHOTS, new ResourceKey(snapshot.namespace(), snapshot.name())));
    }

    /** A Snapshot of an earlier run that bore the same name must not be written into. */
    private boolean isOfThisRun(Snapshot snapshot) {
      return plan.sessionUid().equals(Optional.ofNullable(snapshot.getMetadata().getAnnotations()).orElse(Map.of())
          .get(Labels.BACKUP_SESSION_UID));
    }

    private Future<Integer> execute(List<Snapshot> snapshots) {
      List<BackupPlan.Component> open = plan.components().stream()
          .filter(component -> snapshots.stream().anyMatch(snapshot -> !isFinal(snapshot, component.name()))).toList();
      boolean failedBefore = snapshots.stream().anyMatch(snapshot -> hasFailed(snapshot));
      if (snapshots.isEmpty() || open.isEmpty()) {
        LOG.info("nothing left to do session={} snapshots={}", plan.session(), snapshots.size());
        return Future.succeededFuture(failedBefore ? JobExit.FAILED : JobExit.DONE);
      }
      List<String> namespaces = open.stream().flatMap(component -> component.claims().stream())
          .map(BackupPlan.Claim::namespace).distinct().toList();
      Lookout<VolumeSnapshot> lookout = new Lookout<>(context.kube(), CsiTypes.VOLUME_SNAPSHOTS, namespaces,
          Selection.labelled(Labels.INVOKER_NAME + "=" + Shortening.labelValue(plan.session())), context.time(),
          plan.deadline());
      SnapshotBoards boards = new SnapshotBoards(context.kube(), patience, snapshots);
      return boards.write(running(open)).compose(_ -> lookout.start())
          .compose(_ -> capture(open, new Capture(context, plan, patience, lookout), boards))
          .map(succeeded -> succeeded && !failedBefore ? JobExit.DONE : JobExit.FAILED)
          .eventually(() -> {
            lookout.close();
            return Future.succeededFuture();
          });
    }

    private Future<Boolean> capture(List<BackupPlan.Component> open, Capture capture, SnapshotBoards boards) {
      List<Future<Boolean>> ends = open.stream()
          .map(component -> capture.of(component, boards).compose(results -> finish(component, results, boards)))
          .toList();
      return Future.join(ends).map(_ -> ends.stream().allMatch(Future::result));
    }

    private Future<Boolean> finish(BackupPlan.Component component, List<Captured> captured, SnapshotBoards boards) {
      Optional<String> error = Optional.ofNullable(component.error()).or(() -> Captured.errors(captured));
      ObjectNode status = JsonNodeFactory.instance.objectNode();
      earliest(captured).ifPresent(time -> status.put("snapshotTime", time.toString()));
      ObjectNode written = status.putObject("components").putObject(component.name());
      written.put("driver", "VolumeSnapshotter")
          .put("phase", error.isEmpty() ? Phases.SUCCEEDED : Phases.FAILED)
          .put("duration", GoDuration.format(Duration.between(started, context.time().now())));
      error.ifPresentOrElse(text -> written.put("error", text), () -> written.putNull("error"));
      captured.stream().filter(each -> each.name().isPresent()).forEach(each ->
          written.withArray("volumeSnapshotterStats").add(each.stats()));
      LOG.info("component session={} component={} phase={} error=\"{}\"", plan.session(), component.name(),
          written.path("phase").asText(), error.orElse(""));
      return boards.write(status).map(_ -> error.isEmpty());
    }

    private Optional<Instant> earliest(List<Captured> captured) {
      return captured.stream().flatMap(each -> each.created().stream()).min(Comparator.naturalOrder());
    }

    private ObjectNode running(List<BackupPlan.Component> open) {
      ObjectNode status = JsonNodeFactory.instance.objectNode();
      open.forEach(component -> status.withObject("/components").putObject(component.name())
          .put("driver", "VolumeSnapshotter").put("phase", Phases.RUNNING));
      return status;
    }

    private static boolean isFinal(Snapshot snapshot, String component) {
      return component(snapshot, component).map(SnapshotComponent::phase)
          .filter(phase -> phase.equals(Phases.SUCCEEDED) || phase.equals(Phases.FAILED)).isPresent();
    }

    private static boolean hasFailed(Snapshot snapshot) {
      return snapshot.getStatus() != null && snapshot.getStatus().components() != null
          && snapshot.getStatus().components().values().stream()
              .anyMatch(component -> Phases.FAILED.equals(component.phase()));
    }

    private static Optional<SnapshotComponent> component(Snapshot snapshot, String name) {
      return Optional.ofNullable(snapshot.getStatus()).map(status -> status.components())
          .map(components -> components.get(name));
    }
  }
}
