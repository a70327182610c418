package io.snapstash.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.snapstash.api.Labels;
import io.snapstash.api.Phases;
import io.snapstash.api.RestoreComponent;
import io.snapstash.api.RestoreSession;
import io.snapstash.csi.CsiTypes;
import io.snapstash.csi.VolumeSnapshot;
import io.snapstash.domain.naming.Shortening;
import io.snapstash.domain.plan.RestorePlan;
import io.snapstash.domain.unit.GoDuration;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.kube.Selection;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code restore}: makes the claims of a plan at once, each when its VolumeSnapshot is ready, waits until they are
 * bound and writes the components of the RestoreSession (behaviour 8.10-8.14).
 */
public final class RestoreCommand {
  private static final Logger LOG = LoggerFactory.getLogger(RestoreCommand.class);

  private final JobContext context;

  public RestoreCommand(JobContext context) {
    this.context = context;
  }

  /** @return an exit code of {@link JobExit} */
  public int run() {
    return PlannedWork.run(context, RestorePlan.class, LOG, plan -> new Run(plan).toEnd());
  }

  /** One execution of a plan. */
  private final class Run {
    private final RestorePlan plan;
    private final Patience patience;
    private final Instant started = context.time().now();
    private final ComponentBoard board;

    Run(RestorePlan plan) {
      this.plan = plan;
      this.patience = new Patience(context.time(), plan.deadline());
      this.board = new ComponentBoard(status -> patience.with(() -> send(status)));
    }

    private ResourceKey session() {
      return new ResourceKey(plan.sessionNamespace(), plan.session());
    }

    private Future<Void> send(ObjectNode status) {
      ObjectNode patch = JsonNodeFactory.instance.objectNode();
      patch.set("status", status);
      return context.kube().patchStatus(ResourceTypes.RESTORE_SESSIONS, session(), patch).mapEmpty();
    }

    Future<Integer> toEnd() {
      return patience.with(() -> context.kube().find(ResourceTypes.RESTORE_SESSIONS, session()))
          .compose(found -> found.filter(each -> plan.sessionUid().equals(each.getMetadata().getUid()))
              .map(this::execute).orElseGet(() -> {
                LOG.warn("the RestoreSession is gone key={}", session());
                return Future.succeededFuture(JobExit.FAILED);
              }));
    }

    private Future<Integer> execute(RestoreSession restore) {
      List<RestorePlan.Component> open = plan.components().stream()
          .filter(component -> !isFinal(restore, component.name())).toList();
      boolean failedBefore = plan.components().stream()
          .anyMatch(component -> Phases.FAILED.equals(phase(restore, component.name())));
      if (open.isEmpty()) {
        return Future.succeededFuture(failedBefore ? JobExit.FAILED : JobExit.DONE);
      }
      Lookout<VolumeSnapshot> snapshots = new Lookout<>(context.kube(), CsiTypes.VOLUME_SNAPSHOTS,
          claims(open).filter(claim -> claim.snapshotName() != null).map(RestorePlan.Claim::snapshotNamespace)
              .distinct().toList(), Selection.EVERYTHING, context.time(), plan.deadline());
      Lookout<PersistentVolumeClaim> claims = new Lookout<>(context.kube(), ResourceTypes.CLAIMS,
          claims(open).map(RestorePlan.Claim::namespace).distinct().toList(),
          Selection.labelled(Labels.INVOKER_NAME + "=" + Shortening.labelValue(plan.session())), context.time(),
          plan.deadline());
      ClaimMaker maker = new ClaimMaker(context, plan.sessionUid(), patience, snapshots, claims);
      return board.write(running(open)).compose(_ -> Future.all(snapshots.start(), claims.start()))
          .compose(_ -> restore(open, maker))
          .map(succeeded -> succeeded && !failedBefore ? JobExit.DONE : JobExit.FAILED)
          .eventually(() -> {
            snapshots.close();
            claims.close();
            return Future.succeededFuture();
          });
    }

    private static Stream<RestorePlan.Claim> claims(List<RestorePlan.Component> components) {
      return components.stream().flatMap(component -> component.claims().stream())
          .filter(claim -> claim.error() == null);
    }

    private Future<Boolean> restore(List<RestorePlan.Component> open, ClaimMaker maker) {
      List<Future<Boolean>> ends = open.stream().map(component -> restore(component, maker)).toList();
      return Future.join(ends).map(_ -> ends.stream().allMatch(Future::result));
    }

    private Future<Boolean> restore(RestorePlan.Component component, ClaimMaker maker) {
      List<Future<ClaimEnd>> claims = component.claims().stream().map(maker::make).toList();
      return Future.join(claims).compose(_ -> finish(component,
          ClaimEnd.of(component.error(), claims.stream().map(Future::result).toList())));
    }

    private Future<Boolean> finish(RestorePlan.Component component, ClaimEnd end) {
      ObjectNode status = JsonNodeFactory.instance.objectNode();
      ObjectNode written = status.putObject("components").putObject(component.name());
      written.put("phase", end.phase())
          .put("duration", GoDuration.format(Duration.between(started, context.time().now())));
      end.text().ifPresentOrElse(text -> written.put("error", text), () -> written.putNull("error"));
      LOG.info("component session={} component={} phase={} error=\"{}\"", plan.session(), component.name(),
          end.phase(), end.text().orElse(""));
      return board.write(status).map(_ -> !end.phase().equals(Phases.FAILED));
    }

    private ObjectNode running(List<RestorePlan.Component> open) {
      ObjectNode status = JsonNodeFactory.instance.objectNode();
      open.forEach(component ->
          status.withObject("/components").putObject(component.name()).put("phase", Phases.RUNNING));
      return status;
    }

    private static boolean isFinal(RestoreSession restore, String component) {
      String phase = phase(restore, component);
      return phase.equals(Phases.SUCCEEDED) || phase.equals(Phases.FAILED) || phase.equals(Phases.UNKNOWN);
    }

    private static String phase(RestoreSession restore, String component) {
      return Optional.ofNullable(restore.getStatus()).map(status -> status.components())
          .map(components -> components.get(component)).map(RestoreComponent::phase).orElse("");
    }
  }
}
