package io.snapstash.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.snapstash.api.BackupSession;
import io.snapstash.api.Json;
import io.snapstash.api.Labels;
import io.snapstash.api.Snapshot;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.sandbox.Manifests;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Backup runs, and the moments at which a watch showed how far they had come. All moments are taken from watches of the
 * same client, so that what a watch takes cancels out.
 */
final class Runs implements AutoCloseable {
  /** Moments of one run in nanoseconds; 0 for those that have not come. */
  private static final class Moments {
    volatile long created;
    volatile long jobCreated;
    volatile long componentsDone;
    volatile long succeeded;
  }

  /** How long the operator took for its two parts of a run. */
  record Latency(Duration untilJob, Duration untilSucceeded) {}

  private static final String SESSION = """
      apiVersion: core.kubestash.com/v1alpha1
      kind: BackupSession
      metadata: {name: %s, namespace: demo, annotations: {%s: schedule}}
      spec:
        invoker: {apiGroup: core.kubestash.com, kind: BackupConfiguration, name: %s}
        session: frequent
        retryLeft: 0
      """;

  private final BenchWorld bench;
  private final Map<String, Moments> moments = new ConcurrentHashMap<>();
  private final AtomicInteger names = new AtomicInteger();
  private final Followed<BackupSession> sessions;
  private final Followed<Job> jobs;
  private final Followed<Snapshot> snapshots;

  /** The listener hears of every backup Job once. */
  Runs(BenchWorld bench, Consumer<Job> listener) {
    this.bench = bench;
    snapshots = bench.follow(ResourceTypes.SNAPSHOTS, this::onSnapshot);
    jobs = bench.follow(ResourceTypes.JOBS, job -> onJob(job, listener));
    sessions = bench.follow(ResourceTypes.BACKUP_SESSIONS, this::onSession);
  }

  /** Creates a run as a trigger does, and names it. */
  Future<String> create(String configuration) {
    String name = "run-" + names.incrementAndGet();
    return bench.client().create(ResourceTypes.BACKUP_SESSIONS, "demo", manifest(name, configuration).getFirst())
        .map(name);
  }

  static List<ObjectNode> manifest(String run, String configuration) {
    return Manifests.parse(SESSION.formatted(run, Labels.TRIGGER, configuration));
  }

  void awaitEnd(Collection<String> names) {
    sessions.await("over", all -> names.stream().allMatch(name -> hasEnded(name)));
  }

  void awaitSucceeded(int count) {
    sessions.await(count + " times Succeeded", all -> all.stream()
        .filter(each -> BenchWorld.isIn(each, "Succeeded")).count() >= count);
  }

  Latency latency(String name) {
    Moments run = moments.get(name);
    return new Latency(Duration.ofNanos(run.jobCreated - run.created),
        Duration.ofNanos(run.succeeded - run.componentsDone));
  }

  private boolean hasEnded(String name) {
    return moments.containsKey(name) && moments.get(name).succeeded != 0;
  }

  private Moments of(String run) {
    return moments.computeIfAbsent(run, _ -> new Moments());
  }

  private void onSession(BackupSession session) {
    Moments run = of(session.getMetadata().getName());
    if (run.created == 0) {
      run.created = System.nanoTime();
    }
    String phase = BenchWorld.phaseOf(session);
    if (phase.equals("Failed") || phase.equals("Skipped")) {
      System.err.println("run " + session.getMetadata().getName() + " is " + phase + ": "
          + Json.MAPPER.<JsonNode>valueToTree(session).at("/status/conditions"));
    }
    if (phase.equals("Succeeded") && run.succeeded == 0) {
      run.succeeded = System.nanoTime();
    }
  }

  private void onJob(Job job, Consumer<Job> listener) {
    job.getMetadata().getOwnerReferences().stream().filter(owner -> owner.getKind().equals("BackupSession"))
        .map(owner -> of(owner.getName())).filter(run -> run.jobCreated == 0).findFirst().ifPresent(run -> {
          run.jobCreated = System.nanoTime();
          listener.accept(job);
        });
  }

  private void onSnapshot(Snapshot snapshot) {
    Moments run = of(snapshot.getSpec().backupSession());
    JsonNode components = Json.MAPPER.<JsonNode>valueToTree(snapshot).at("/status/components");
    if (run.componentsDone == 0 && !components.isEmpty()) {
      run.componentsDone = System.nanoTime();
    }
  }

  @Override
  public void close() {
    sessions.close();
    jobs.close();
    snapshots.close();
  }
}
