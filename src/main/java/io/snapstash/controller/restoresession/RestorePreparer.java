package io.snapstash.controller.restoresession;

import io.snapstash.api.Labels;
import io.snapstash.api.RestoreSession;
import io.snapstash.api.Snapshot;
import io.snapstash.controller.Effect;
import io.snapstash.controller.JobAccounts;
import io.snapstash.controller.JobMaker;
import io.snapstash.controller.Notice;
import io.snapstash.controller.Operator;
import io.snapstash.controller.Targets;
import io.snapstash.csi.CsiTypes;
import io.snapstash.csi.RestorableClaims;
import io.snapstash.csi.SnapshotPair;
import io.snapstash.domain.naming.Names;
import io.snapstash.domain.naming.OffshootLabels;
import io.snapstash.domain.plan.PlanDeadline;
import io.snapstash.domain.plan.RestorePlan;
import io.snapstash.domain.restore.ClaimMapping;
import io.snapstash.domain.restore.ClaimOwner;
import io.snapstash.domain.restore.ComponentChoice;
import io.snapstash.domain.restore.MappedComponent;
import io.snapstash.domain.template.BuiltIns;
import io.snapstash.domain.template.ResolvedTask;
import io.snapstash.domain.template.TaskVariables;
import io.snapstash.engine.ResourceKey;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Resolves templates, VolumeSnapshots and storage classes of a restore into the Job that will do it. */
final class RestorePreparer {
  private static final Duration NO_DEADLINE = Duration.ofDays(365);

  private final Operator operator;

  RestorePreparer(Operator operator) {
    this.operator = operator;
  }

  Future<RestorePreparation> prepare(RestoreSession restore, Snapshot snapshot, ResolvedTask task, Instant now) {
    String namespace = restore.getMetadata().getNamespace();
    TaskVariables variables = TaskVariables.of(BuiltIns.ofRestore(namespace, restore.getMetadata().getName(),
        snapshot.getMetadata().getName(), task.reference().name()), task.reference(), task.task().parameters());
    ClaimOwner owner = new ClaimOwner(namespace, restore.getMetadata().getName(), restore.getMetadata().getUid(),
        Optional.ofNullable(restore.getSpec().target()).map(target -> Targets.resolve(target, namespace).namespace())
            .orElse(namespace));
    ClaimMapping mapping = ClaimMapping.of(owner, RestoreChecks.templates(restore), snapshot,
        ComponentChoice.of(restore.getSpec().dataSource(), snapshot), variables::value);
    if (!mapping.violations().isEmpty()) {
      return Future.succeededFuture(new RestorePreparation.Invalid(mapping.violations()));
    }
    return new RestorableClaims(operator.kube(), new CatalogueStandIns(operator, restore, snapshot))
        .resolve(mapping.components())
        .compose(resolved -> makePairs(restore, snapshot, resolved.pairs()).map(pairs ->
            render(restore, task, variables, resolved, pairs, mapping.components(), now)));
  }

  private Future<List<Effect>> makePairs(RestoreSession restore, Snapshot snapshot, List<SnapshotPair> pairs) {
    List<Future<List<Effect>>> all = pairs.stream().map(pair -> makePair(restore, snapshot, pair)).toList();
    return Future.all(all).map(_ -> all.stream().flatMap(each -> each.result().stream()).toList());
  }

  private Future<List<Effect>> makePair(RestoreSession restore, Snapshot snapshot, SnapshotPair pair) {
    List<Effect> effects = PairManifests.make(pair, restore, snapshot);
    return operator.kube().find(CsiTypes.VOLUME_SNAPSHOTS, pair.snapshot()).compose(half -> half.isPresent()
        ? Future.succeededFuture(effects)
        : operator.kube().find(CsiTypes.VOLUME_SNAPSHOT_CONTENTS, ResourceKey.clusterScoped(pair.contentName()))
            .map(left -> left.filter(content -> content.getSpec().volumeSnapshotRef().uid() != null)
                .map(_ -> List.of(effects.get(0), PairManifests.unbind(pair), effects.get(1))).orElse(effects)));
  }

  private RestorePreparation render(RestoreSession restore, ResolvedTask task, TaskVariables variables,
      RestorableClaims.Resolved resolved, List<Effect> pairs, List<MappedComponent> mapped, Instant now) {
    List<RestorePlan.Component> components = resolved.components();
    Instant end = RestoreSessionRules.deadline(restore, operator.settings().defaultRestoreTimeout())
        .orElse(now.plus(NO_DEADLINE));
    RestorePlan plan = new RestorePlan(restore.getMetadata().getName(), restore.getMetadata().getNamespace(),
        restore.getMetadata().getUid(), PlanDeadline.of(now, end), components);
    JobMaker maker = new JobMaker(operator, restore, JobAccounts.RESTORE, "restore");
    return switch (maker.make(Names.restoreJob(restore.getMetadata().getName()), task, restore.getSpec().addon(),
        variables, plan, Duration.between(now, end),
        OffshootLabels.of(maker.owner(), Labels.COMPONENT_RESTORE), components.stream()
            .flatMap(component -> component.claims().stream()).map(RestorePlan.Claim::namespace)
            .collect(Collectors.toSet()))) {
      case JobMaker.Made.Impossible(String message) -> new RestorePreparation.Impossible(message);
      case JobMaker.Made.Job(List<Effect> effects) -> new RestorePreparation.Ready(components.size(),
          Stream.concat(pairs.stream(), effects.stream()).toList(),
          resolved.pairs().stream().filter(SnapshotPair::forOneRestore).toList(),
          mapped.stream().flatMap(component -> component.notes().stream().map(note ->
              Notice.normal(restore, "ClaimSkipped", component.name() + ": " + note))).toList());
    };
  }
}
