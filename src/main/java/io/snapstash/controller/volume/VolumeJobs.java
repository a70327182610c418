package io.snapstash.controller.volume;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.snapstash.api.LocalBackend;
import io.snapstash.api.Labels;
import io.snapstash.api.RuntimeSettings;
import io.snapstash.controller.Caches;
import io.snapstash.controller.ControllerSettings;
import io.snapstash.controller.Effect;
import io.snapstash.controller.Effects;
import io.snapstash.controller.JobAccounts;
import io.snapstash.controller.JobState;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Proof;
import io.snapstash.domain.template.StorageMount;
import io.snapstash.engine.Backoff;
import io.snapstash.engine.ResourceKey;
import io.snapstash.engine.Time;
import io.snapstash.kube.DeleteOptions;
import io.snapstash.kube.ObjectMetadata;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.storage.VolumeReport;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work on volumes, one Job at a time for each storage, because files on a volume can not be written on a condition that
 * holds between Pods. Asking again is how a result is fetched: the Job stays until whoever asked has written down what
 * came of it ({@link #tidy}), so that nothing is lost or done twice by a crash in between. Any thread may ask.
 */
public final class VolumeJobs {
  private static final Logger LOG = LoggerFactory.getLogger(VolumeJobs.class);
  /** How long after its Job a Pod may still tell its last word: the two are followed by watches of their own. */
  private static final Duration LATE_NEWS = Duration.ofSeconds(30);

  /** Exit codes of our commands after which another attempt is no use. */
  private static final int WRONG_USAGE = 64;
  private static final int FAILED = 65;

  private final Caches caches;
  private final Effects effects;
  private final Time time;
  private final ControllerSettings settings;
  private final Backoff backoff;
  /** Storages, by uid, for which a Job is being made that no cache shows yet. */
  private final Set<String> making = ConcurrentHashMap.newKeySet();
  /** Who waits for a turn: kinds and keys, by uid of the storage. */
  private final Map<String, Set<Waiter>> waiting = new ConcurrentHashMap<>();
  private final Map<String, Failures> failures = new ConcurrentHashMap<>();

  private record Waiter(String kind, ResourceKey key) {}

  /** Failed Jobs in a row for one task; each is counted once, and followed by the next when it is due. */
  private record Failures(int count, String lastJob, Duration pause) {}

  public VolumeJobs(Caches caches, Effects effects, Time time, ControllerSettings settings) {
    this.caches = caches;
    this.effects = effects;
    this.time = time;
    this.settings = settings;
    this.backoff = new Backoff(settings.retryInitial(), settings.retryMax(), settings.chance());
  }

  /** Does the next step of this work, if there is one. */
  public Future<VolumeAnswer> ask(VolumeTask task) {
    LocalBackend backend = task.storage().getSpec().storage().local();
    Optional<String> impossible = StorageMount.objection(backend);
    if (impossible.isPresent()) {
      return failed(impossible.get());
    }
    VolumeJob wanted = new VolumeJob(task, settings);
    Optional<Job> found = find(wanted, task);
    if (found.isPresent()) {
      return judge(task, wanted, found.get());
    }
    Optional<String> refused = refusal(task, wanted);
    return refused.isPresent() ? failed(refused.get()) : create(task, wanted);
  }

  /** Whether another piece of work has the storage for itself, so that nothing would come of asking. */
  public boolean isBusyForOthers(HasMetadata owner, String storageUid) {
    // Noted first: what ends between looking and noting would wake nobody.
    await(storageUid, owner);
    return unfinished(storageUid).anyMatch(job -> !Metadata.annotation(job, Labels.VOLUME_TASK)
        .contains(" " + owner.getMetadata().getUid()));
  }

  private Optional<Job> find(VolumeJob wanted, VolumeTask task) {
    return Stream.of(task.name(), wanted.otherName())
        .flatMap(name -> caches.jobs.get(new ResourceKey(wanted.namespace(), name)).stream())
        .filter(wanted::isFor).findFirst();
  }

  private Optional<String> refusal(VolumeTask task, VolumeJob wanted) {
    Optional<ObjectMetadata> namespace = caches.namespaces.get(ResourceKey.clusterScoped(wanted.namespace()));
    if (namespace.filter(each -> !Metadata.isDeleting(each)).isEmpty()) {
      return Optional.of("namespace " + wanted.namespace() + " is being deleted, so that no Job can run in it");
    }
    JsonNode security = Optional.ofNullable(task.storage().getSpec().runtimeSettings()).map(RuntimeSettings::pod)
        .map(pod -> pod.securityContext()).orElse(null);
    return wanted.mount().refusal(wanted.namespace(), Metadata.labels(namespace.get()), security)
        .or(wanted::objection);
  }

  private Future<VolumeAnswer> create(VolumeTask task, VolumeJob wanted) {
    String storage = task.storage().getMetadata().getUid();
    await(storage, task.owner());
    if (!making.add(storage)) {
      return underway();
    }
    if (unfinished(storage).findAny().isPresent()) {
      making.remove(storage);
      return underway();
    }
    boolean taken = caches.jobs.get(new ResourceKey(wanted.namespace(), task.name())).isPresent();
    String name = taken ? wanted.otherName() : task.name();
    List<Effect> steps = new ArrayList<>(task.reached()
        .map(reached -> JobAccounts.STORAGE.ensure(caches, wanted.namespace(), Set.of(reached)))
        .orElseGet(() -> JobAccounts.STORAGE.account(caches, wanted.namespace())));
    steps.add(new Effect.Create(ResourceTypes.JOBS, wanted.namespace(), wanted.body(name),
        new Proof.Annotated(Labels.VOLUME_TASK, task.id())));
    LOG.info("volume job task=\"{}\" job={}/{}", task.id(), wanted.namespace(), name);
    return effects.perform(steps).eventually(() -> {
      making.remove(storage);
      return Future.succeededFuture();
    }).map(_ -> VolumeAnswer.Underway.untilChange());
  }

  private Stream<Job> unfinished(String storageUid) {
    return caches.jobsByVolume.get(storageUid).stream().filter(job -> !JobState.hasEnded(job));
  }

  private Future<VolumeAnswer> judge(VolumeTask task, VolumeJob wanted, Job job) {
    if (Metadata.isDeleting(job)) {
      return underway();
    }
    List<Pod> pods = caches.podsByJob.get(job.getMetadata().getUid());
    boolean ended = JobState.hasEnded(job);
    if (!wanted.isSame(job)) {
      return ended || !JobState.hasStarted(pods) ? discard(job) : underway();
    }
    if (!ended) {
      return underway();
    }
    Optional<ContainerStateTerminated> last = lastWord(pods);
    Optional<VolumeReport> report = last.map(ContainerStateTerminated::getMessage).flatMap(VolumeReport::decode);
    return JobState.hasSucceeded(job) ? succeeded(task, job, last, report) : failed(task, job, last, report);
  }

  private Future<VolumeAnswer> succeeded(
      VolumeTask task, Job job, Optional<ContainerStateTerminated> last, Optional<VolumeReport> report) {
    failures.remove(task.id());
    if (report.isPresent()) {
      return Future.succeededFuture(new VolumeAnswer.Done(report.get()));
    }
    if (!task.needsReport()) {
      return Future.succeededFuture(new VolumeAnswer.Done(VolumeReport.done()));
    }
    Duration since = Duration.between(JobState.endedAt(job).orElse(time.now()), time.now());
    return last.isEmpty() && since.compareTo(LATE_NEWS) < 0
        ? Future.succeededFuture(new VolumeAnswer.Underway(Optional.of(LATE_NEWS.minus(since)))) : discard(job);
  }

  private Future<VolumeAnswer> failed(
      VolumeTask task, Job job, Optional<ContainerStateTerminated> last, Optional<VolumeReport> report) {
    String uid = job.getMetadata().getUid();
    Failures known = failures.compute(task.id(), (_, before) -> {
      int count = before == null ? 1 : before.count() + 1;
      return before != null && before.lastJob().equals(uid) ? before
          : new Failures(count, uid, backoff.after(count));
    });
    Instant due = JobState.endedAt(job).orElse(time.now()).plus(known.pause());
    if (!time.now().isBefore(due)) {
      return discard(job);
    }
    String why = report.map(VolumeReport::error).filter(text -> !text.isEmpty())
        .orElseGet(() -> JobState.endedBecause(Optional.of(job)).orElse("the Job failed"));
    boolean forGood = last.map(ContainerStateTerminated::getExitCode).filter(VolumeJobs::needsSomebody).isPresent();
    return Future.succeededFuture(new VolumeAnswer.Failed("Job " + Metadata.key(job) + ": " + why, !forGood));
  }

  private static boolean needsSomebody(int exitCode) {
    return exitCode == WRONG_USAGE || exitCode == FAILED;
  }

  private static Optional<ContainerStateTerminated> lastWord(List<Pod> pods) {
    return pods.stream().filter(pod -> pod.getStatus() != null)
        .sorted((one, other) -> other.getMetadata().getCreationTimestamp()
            .compareTo(one.getMetadata().getCreationTimestamp()))
        .flatMap(pod -> Optional.ofNullable(pod.getStatus().getContainerStatuses()).orElse(List.of()).stream())
        .filter(status -> status.getState() != null && status.getState().getTerminated() != null)
        .map(status -> status.getState().getTerminated()).findFirst();
  }

  private Future<VolumeAnswer> discard(Job job) {
    return effects.perform(List.of(deletion(job))).map(_ -> VolumeAnswer.Underway.untilChange());
  }

  private static Effect deletion(Job job) {
    return new Effect.Delete(ResourceTypes.JOBS, Metadata.key(job),
        DeleteOptions.exactly(job.getMetadata().getUid()));
  }

  /** To be called when what came of the work is written down: removes Jobs of this owner that have done theirs. */
  public Future<Void> tidy(HasMetadata owner) {
    forget(owner);
    String uid = owner.getMetadata().getUid();
    return effects.perform(caches.jobsByVolumeOwner.get(uid).stream()
        .filter(job -> !Metadata.isDeleting(job) && JobState.hasSucceeded(job)
            && !Metadata.annotation(job, Labels.VOLUME_TASK).startsWith(VolumeTask.Kind.SYNC.command()))
        .map(VolumeJobs::deletion).toList());
  }

  /** Removes the Job of one piece of work whose outcome is known. */
  public Future<Void> tidy(VolumeTask task) {
    return effects.perform(find(new VolumeJob(task, settings), task).filter(JobState::hasEnded)
        .map(VolumeJobs::deletion).stream().toList());
  }

  /** Keys of the given kind that a change of this Job concerns: its owner, and who waits for the volume. */
  public Stream<ResourceKey> concerned(HasMetadata job, String kind) {
    String[] words = Metadata.annotation(job, Labels.VOLUME_TASK).split(" ");
    Stream<ResourceKey> owner = words.length > 2 && words[1].equals(kind) ? Stream.of(key(words[2])) : Stream.empty();
    return Stream.concat(owner, waiters(Metadata.annotation(job, Labels.VOLUME_STORAGE), kind));
  }

  private Stream<ResourceKey> waiters(String storageUid, String kind) {
    Set<Waiter> all = waiting.get(storageUid);
    if (all == null) {
      return Stream.empty();
    }
    return all.stream().filter(each -> each.kind().equals(kind)).map(Waiter::key).toList().stream();
  }

  /** One that waits is woken by every change until its work is done: to be told once too often costs next to nothing. */
  private void forget(HasMetadata owner) {
    Waiter done = new Waiter(owner.getKind(), Metadata.key(owner));
    waiting.values().forEach(all -> all.remove(done));
  }

  private void await(String storageUid, HasMetadata owner) {
    waiting.computeIfAbsent(storageUid, _ -> ConcurrentHashMap.newKeySet())
        .add(new Waiter(owner.getKind(), Metadata.key(owner)));
  }

  private static ResourceKey key(String text) {
    int slash = text.indexOf('/');
    return new ResourceKey(text.substring(0, slash), text.substring(slash + 1));
  }

  private static Future<VolumeAnswer> underway() {
    return Future.succeededFuture(VolumeAnswer.Underway.untilChange());
  }

  private static Future<VolumeAnswer> failed(String message) {
    return Future.succeededFuture(new VolumeAnswer.Failed(message, false));
  }
}
