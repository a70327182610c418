package io.snapstash.controller.retention;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.snapstash.api.BackendReference;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.Labels;
import io.snapstash.api.ObjectReference;
import io.snapstash.api.RepositoryInfo;
import io.snapstash.api.RetentionPolicy;
import io.snapstash.api.RetentionResult;
import io.snapstash.api.Session;
import io.snapstash.api.Snapshot;
import io.snapstash.controller.Components;
import io.snapstash.controller.Effect;
import io.snapstash.controller.EffectFailure;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Notice;
import io.snapstash.controller.Operator;
import io.snapstash.controller.PendingSource;
import io.snapstash.controller.References;
import io.snapstash.controller.RestoresUnderWay;
import io.snapstash.controller.backupconfiguration.DefaultBackends;
import io.snapstash.domain.retention.Candidate;
import io.snapstash.domain.retention.Retention;
import io.snapstash.domain.retention.Verdict;
import io.snapstash.domain.validation.UsageRules;
import io.snapstash.engine.Parallel;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.DeleteOptions;
import io.snapstash.kube.KubeFailure;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.kube.Selection;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Applies the RetentionPolicies after a run (behaviour 9): in each of its Repositories the Snapshots of its session are
 * judged, and those that are to go are set to WipeOut and deleted; their own finalizers then free the data. Everything
 * is decided anew in every pass, so a pass that dies in the middle is simply done again.
 */
public final class RunRetention {
  /** So many are begun in one pass; the rest has its turn a moment later, and other runs in between. */
  private static final int IN_ONE_PASS = 200;
  private static final int SIDE_BY_SIDE = 10;
  private static final String APPLIED = "Applied";
  private static final String FAILED = "FailedToApply";

  private final Operator operator;

  public RunRetention(Operator operator) {
    this.operator = operator;
  }

  /**
   * What came of one round.
   *
   * @param more whether some are left for another round
   */
  public record Round(List<RetentionResult> results, boolean more) {
    public Round {
      results = List.copyOf(results);
    }
  }

  public Future<Round> apply(BackupConfiguration invoker, Session session, Instant now) {
    Future<List<Round>> rounds = Future.succeededFuture(new ArrayList<>());
    for (RepositoryInfo repository : Optional.ofNullable(session.repositories()).orElse(List.of())) {
      rounds = rounds.compose(done -> apply(invoker, session, repository, now).map(round -> {
        done.add(round);
        return done;
      }));
    }
    return rounds.map(done -> new Round(done.stream().flatMap(round -> round.results().stream()).toList(),
        done.stream().anyMatch(Round::more)));
  }

  private Future<Round> apply(BackupConfiguration invoker, Session session, RepositoryInfo repository, Instant now) {
    Optional<ObjectReference> reference = backend(invoker, repository).map(BackendReference::retentionPolicy);
    if (reference.isEmpty()) {
      return Future.succeededFuture(new Round(List.of(), false));
    }
    ResourceKey key = References.resolve(reference.get(), invoker);
    Optional<RetentionPolicy> policy = operator.caches().retentionPolicies.get(key);
    Optional<String> objection = policy.isEmpty() ? Optional.of("RetentionPolicy " + key + " does not exist")
        : isAllowed(policy.get(), invoker) ? Optional.empty()
        : Optional.of("usagePolicy of RetentionPolicy " + key + " does not allow this namespace");
    RetentionResult applied = new RetentionResult(
        new ObjectReference(key.namespace(), key.name()), repository.name(), null, APPLIED);
    if (objection.isPresent()) {
      return Future.succeededFuture(new Round(List.of(failed(applied, objection.get())), false));
    }
    return judge(policy.get(), invoker, session, repository.name(), now)
        .compose(verdicts -> perform(policy.get(), invoker, session, repository.name(), verdicts))
        .map(more -> new Round(List.of(applied), more))
        .recover(failure -> isFinal(failure)
            ? Future.succeededFuture(new Round(List.of(failed(applied, failure.getMessage())), false))
            : Future.failedFuture(failure));
  }

  /** What a policy would remove right now, wherever it is used, by {@code namespace/repository (session)}. */
  public Future<Map<String, List<Verdict>>> preview(RetentionPolicy policy, Instant now) {
    Future<Map<String, List<Verdict>>> all = Future.succeededFuture(new TreeMap<>());
    for (BackupConfiguration invoker : operator.caches().configurations.all()) {
      for (Session session : invoker.getSpec() == null ? List.<Session>of()
          : Optional.ofNullable(invoker.getSpec().sessions()).orElse(List.of())) {
        for (RepositoryInfo repository : Optional.ofNullable(session.repositories()).orElse(List.of())) {
          if (uses(invoker, repository, policy)) {
            all = all.compose(sofar -> judge(policy, invoker, session, repository.name(), now).map(verdicts -> {
              sofar.put(title(invoker, session, repository.name()), verdicts);
              return sofar;
            }));
          }
        }
      }
    }
    return all;
  }

  private boolean uses(BackupConfiguration invoker, RepositoryInfo repository, RetentionPolicy policy) {
    return isAllowed(policy, invoker) && backend(invoker, repository).map(BackendReference::retentionPolicy)
        .map(reference -> References.resolve(reference, invoker)).filter(Metadata.key(policy)::equals).isPresent();
  }

  private static boolean isFinal(Throwable failure) {
    return failure instanceof EffectFailure effect && !effect.retryHelps()
        || failure instanceof KubeFailure request && !request.retryHelps();
  }

  private static RetentionResult failed(RetentionResult result, String error) {
    return new RetentionResult(result.ref(), result.repository(), error, FAILED);
  }

  /** With the defaults of the cluster, where the object names none itself. */
  private Optional<BackendReference> backend(BackupConfiguration invoker, RepositoryInfo repository) {
    String wanted = Objects.requireNonNullElse(repository.backend(), "");
    return Optional.ofNullable(DefaultBackends.of(operator.caches(), invoker.getMetadata().getNamespace())
        .fill(invoker.getSpec()).backends()).orElse(List.of()).stream()
        .filter(backend -> wanted.equals(Objects.requireNonNullElse(backend.name(), ""))).findFirst();
  }

  private boolean isAllowed(RetentionPolicy policy, BackupConfiguration invoker) {
    String user = invoker.getMetadata().getNamespace();
    return policy.getSpec() != null && UsageRules.allows(policy.getSpec().usagePolicy(),
        policy.getMetadata().getNamespace(), user, operator.caches().namespaces.get(ResourceKey.clusterScoped(user))
            .map(Metadata::labels).orElse(Map.of()));
  }

  /** The Snapshots that are to go, each with the reason; asks which claims are being made only if there are any. */
  private Future<List<Verdict>> judge(
      RetentionPolicy policy, BackupConfiguration invoker, Session session, String repository, Instant now) {
    Map<String, Snapshot> group = operator.caches().snapshotsByRepository
        .get(invoker.getMetadata().getNamespace() + "/" + repository).stream()
        .filter(snapshot -> !Metadata.isDeleting(snapshot) && session.name().equals(snapshot.getSpec().session()))
        .collect(Collectors.toMap(snapshot -> snapshot.getMetadata().getName(), snapshot -> snapshot));
    List<Verdict> first = decide(policy, group, Set.of(), now);
    if (first.stream().noneMatch(Verdict.Remove.class::isInstance)) {
      return Future.succeededFuture(first);
    }
    Set<String> namespaces = group.values().stream().map(Components::namespaceOfData)
        .collect(Collectors.toCollection(TreeSet::new));
    List<Future<List<PersistentVolumeClaim>>> lists = namespaces.stream()
        .map(namespace -> operator.kube().list(ResourceTypes.CLAIMS, Selection.in(namespace))).toList();
    return Future.all(lists).map(_ -> decide(policy, group, lists.stream().flatMap(list -> list.result().stream())
        .flatMap(claim -> PendingSource.of(claim).stream()).collect(Collectors.toSet()), now));
  }

  private List<Verdict> decide(
      RetentionPolicy policy, Map<String, Snapshot> group, Set<String> pendingSources, Instant now) {
    return Retention.decide(policy.getSpec(), group.values().stream().map(snapshot -> new Candidate(
        snapshot.getMetadata().getName(), Components.phaseOf(snapshot), timeOf(snapshot),
        protection(snapshot, pendingSources))).toList(), now);
  }

  private static Instant timeOf(Snapshot snapshot) {
    return Optional.ofNullable(snapshot.getStatus()).map(status -> status.snapshotTime())
        .orElseGet(() -> Instant.parse(snapshot.getMetadata().getCreationTimestamp()));
  }

  private Optional<String> protection(Snapshot snapshot, Set<String> pendingSources) {
    if ("true".equals(Metadata.label(snapshot, Labels.HOLD))) {
      return Optional.of("it bears the label " + Labels.HOLD);
    }
    if (Metadata.annotation(snapshot, Labels.BACKUP_SESSION_UID).isEmpty()) {
      return Optional.of("it does not carry the mark of a run of ours");
    }
    return RestoresUnderWay.from(operator.caches(), snapshot).map(restore -> "RestoreSession " + restore
        + " is restoring from it").or(() -> Components.volumeSnapshots(snapshot).stream()
        .filter(pendingSources::contains).findFirst()
        .map(source -> "a claim is being made from its VolumeSnapshot " + source));
  }

  private Future<Boolean> perform(
      RetentionPolicy policy, BackupConfiguration invoker, Session session, String repository, List<Verdict> verdicts) {
    List<Verdict> removals = verdicts.stream().filter(Verdict.Remove.class::isInstance).toList();
    if (RetentionPreview.isWanted(policy)) {
      return operator.effects().perform(RetentionPreview.of(policy, Map.of(title(invoker, session, repository), verdicts)))
          .map(false);
    }
    List<Verdict> begun = removals.stream().limit(IN_ONE_PASS).toList();
    return operator.effects().perform(RetentionPreview.withdrawn(policy))
        .compose(_ -> Parallel.each(begun, SIDE_BY_SIDE, verdict -> operator.caches()
            .snapshots.get(new ResourceKey(invoker.getMetadata().getNamespace(), verdict.snapshot().name()))
            .map(snapshot -> remove(snapshot, invoker, verdict.reason())).orElse(Future.succeededFuture())))
        .map(removals.size() > IN_ONE_PASS);
  }

  private static String title(BackupConfiguration invoker, Session session, String repository) {
    return invoker.getMetadata().getNamespace() + "/" + repository + " (" + session.name() + ")";
  }

  /** One that somebody else has removed meanwhile is as good. */
  private Future<Void> remove(Snapshot snapshot, BackupConfiguration invoker, String reason) {
    return operator.effects().perform(removal(snapshot, invoker, reason)).recover(failure ->
        failure instanceof EffectFailure known && known.isGone()
            ? Future.succeededFuture() : Future.failedFuture(failure));
  }

  private static List<Effect> removal(Snapshot snapshot, BackupConfiguration invoker, String reason) {
    ObjectNode wipe = JsonNodeFactory.instance.objectNode();
    wipe.putObject("spec").put("deletionPolicy", "WipeOut");
    String message = "Snapshot " + snapshot.getMetadata().getName() + " is removed by retention: " + reason;
    return List.of(new Effect.Patch(ResourceTypes.SNAPSHOTS, Metadata.key(snapshot), wipe),
        new Effect.Delete(ResourceTypes.SNAPSHOTS, Metadata.key(snapshot),
            DeleteOptions.exactly(snapshot.getMetadata().getUid())),
        new Effect.Tell(Notice.normal(invoker, "SnapshotRemoved", message)
            .counted("retention", snapshot.getMetadata().getUid())));
  }
}
