package io.snapstash.controller.backupsession;

import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.BackupSession;
import io.snapstash.api.Labels;
import io.snapstash.api.RepositoryInfo;
import io.snapstash.api.Session;
import io.snapstash.api.TypedObjectReference;
import io.snapstash.controller.Effect;
import io.snapstash.controller.JobAccounts;
import io.snapstash.controller.JobMaker;
import io.snapstash.controller.Notice;
import io.snapstash.controller.Operator;
import io.snapstash.controller.Targets;
import io.snapstash.csi.SnapshotClasses;
import io.snapstash.csi.VolumeSnapshotClass;
import io.snapstash.domain.naming.Names;
import io.snapstash.domain.naming.OffshootLabels;
import io.snapstash.domain.plan.BackupPlan;
import io.snapstash.domain.plan.PlanDeadline;
import io.snapstash.domain.target.ClaimFinder;
import io.snapstash.domain.target.Target;
import io.snapstash.domain.target.TargetClaims;
import io.snapstash.domain.template.BuiltIns;
import io.snapstash.domain.template.ResolvedTask;
import io.snapstash.domain.template.TaskResolution;
import io.snapstash.domain.template.TaskResolver;
import io.snapstash.domain.template.TaskVariables;
import io.snapstash.domain.turn.Cut;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.ResourceTypes;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Resolves target, Addon, Function, class and claims of a run into the Job that will do it. */
final class BackupPreparer {
  private static final Duration NO_DEADLINE = Duration.ofDays(365);

  private final Operator operator;
  private final SnapshotClasses classes;

  BackupPreparer(Operator operator) {
    this.operator = operator;
    this.classes = new SnapshotClasses(operator.kube());
  }

  Future<Preparation> prepare(BackupSession run, BackupConfiguration invoker, Session session, Instant now) {
    TaskResolution resolution = JobMaker.resolver(operator.caches()).resolve(
        session.addon(), TaskResolver.Direction.BACKUP);
    if (!resolution.isComplete()) {
      return impossible(resolution.missing().getFirst().message());
    }
    if (resolution.tasks().isEmpty()) {
      return impossible("session " + session.name() + " names no task");
    }
    ResolvedTask task = resolution.tasks().getFirst();
    TaskVariables variables = TaskVariables.of(BuiltIns.ofBackup(run.getMetadata().getNamespace(),
        run.getMetadata().getName(), "BackupConfiguration", invoker.getMetadata().getName(), task.reference().name()),
        task.reference(), task.task().parameters());
    TypedObjectReference target = Targets.resolve(invoker);
    return Targets.read(operator.kube(), target).compose(workload -> workload.isEmpty()
        ? impossible("the target " + target.kind() + " " + Targets.key(target) + " does not exist")
        : plan(new Run(run, invoker, session, task, variables, target, now), workload.get()));
  }

  private record Run(BackupSession session, BackupConfiguration invoker, Session configured, ResolvedTask task,
      TaskVariables variables, TypedObjectReference target, Instant now) {
    String className() {
      return variables.value("volumeSnapshotClassName").orElse("");
    }
  }

  private Future<Preparation> plan(Run run, JsonNode workload) {
    TargetClaims claims = ClaimFinder.find(Target.of(run.target(), run.target().namespace()).knownKind().orElseThrow(),
        workload, JobMaker.restrictedTo(run.task().reference()));
    return classes.all().compose(known -> components(run, claims, known))
        .map(components -> render(run, claims, components));
  }

  private record Judged<T>(T part, List<SnapshotClasses.Verdict.Possible> possible) {}

  private Future<List<Judged<BackupPlan.Component>>> components(
      Run run, TargetClaims claims, List<VolumeSnapshotClass> known) {
    List<Future<Judged<BackupPlan.Component>>> judged = claims.components().stream()
        .map(component -> component(run, component, known)).toList();
    return Future.all(judged).map(_ -> judged.stream().map(Future::result).toList());
  }

  private Future<Judged<BackupPlan.Component>> component(
      Run run, TargetClaims.Component component, List<VolumeSnapshotClass> known) {
    List<Future<Judged<BackupPlan.Claim>>> judged = component.claims().stream().map(claim ->
        classes.judge(new ResourceKey(run.target().namespace(), claim.name()), run.className(), known)
            .map(verdict -> claim(run, claim, verdict))).toList();
    return Future.all(judged).map(_ -> new Judged<>(new BackupPlan.Component(component.name(),
        judged.stream().map(each -> each.result().part()).toList(), component.error().orElse(null)),
        judged.stream().flatMap(each -> each.result().possible().stream()).toList()));
  }

  private static Judged<BackupPlan.Claim> claim(Run run, TargetClaims.Claim claim, SnapshotClasses.Verdict verdict) {
    String className = run.className().isEmpty() ? null : run.className();
    String error = verdict instanceof SnapshotClasses.Verdict.Impossible(String why) ? why : null;
    return new Judged<>(new BackupPlan.Claim(
        run.target().namespace(), claim.name(), claim.hostPath().orElse(null), className, error),
        verdict instanceof SnapshotClasses.Verdict.Possible possible ? List.of(possible) : List.of());
  }

  private static List<Cut> cuts(List<Judged<BackupPlan.Component>> components) {
    return components.stream().flatMap(component -> component.possible().stream())
        .collect(Collectors.groupingBy(each -> each, LinkedHashMap::new, Collectors.summingInt(_ -> 1)))
        .entrySet().stream().map(each -> new Cut(each.getKey().driver(), each.getKey().className(), each.getValue()))
        .toList();
  }

  private Preparation render(Run run, TargetClaims claims, List<Judged<BackupPlan.Component>> components) {
    List<Cut> cuts = cuts(components);
    BackupSession session = run.session();
    Optional<Instant> deadline = BackupSessionRules.deadline(session, operator.settings().defaultBackupTimeout());
    Instant end = deadline.orElse(run.now().plus(NO_DEADLINE));
    BackupPlan plan = new BackupPlan(session.getMetadata().getName(), session.getMetadata().getNamespace(),
        session.getMetadata().getUid(), run.invoker().getMetadata().getName(), run.configured().name(),
        Names.runSeconds(session.getMetadata().getName(), Instant.parse(session.getMetadata().getCreationTimestamp())),
        PlanDeadline.of(run.now(), end), snapshots(run),
        components.stream().map(Judged::part).toList());
    JobMaker maker = new JobMaker(operator, session, JobAccounts.BACKUP, "backup");
    return switch (maker.make(Names.backupJob(session.getMetadata().getName()), run.task(), run.configured().addon(),
        run.variables(), plan, Duration.between(run.now(), end),
        OffshootLabels.ofSession(maker.owner(), run.configured().name(), Labels.COMPONENT_BACKUP),
        Set.of(run.target().namespace()))) {
      case JobMaker.Made.Job(List<Effect> effects) -> new Preparation.Ready(components.size(), cuts, noted(effects, cuts),
          claims.notes().stream().map(note -> Notice.normal(session, "VolumeSkipped", note)).toList());
      case JobMaker.Made.Impossible(String message) -> new Preparation.Impossible(message);
    };
  }

  /** So that an operator that starts finds out what is under way. */
  private static List<Effect> noted(List<Effect> effects, List<Cut> cuts) {
    effects.forEach(effect -> {
      if (effect instanceof Effect.Create create && create.type() == ResourceTypes.JOBS) {
        create.body().withObject("/metadata").withObject("/annotations").put(Labels.CUTS, Cut.write(cuts));
      }
    });
    return effects;
  }

  private static List<BackupPlan.SnapshotRef> snapshots(Run run) {
    String namespace = run.session().getMetadata().getNamespace();
    return run.configured().repositories().stream().map(RepositoryInfo::name)
        .map(name -> new BackupPlan.SnapshotRef(namespace,
            Names.snapshot(name, run.session().getMetadata().getName()))).toList();
  }

  private static Future<Preparation> impossible(String message) {
    return Future.succeededFuture(new Preparation.Impossible(message));
  }
}
