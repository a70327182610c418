package io.snapstash.sandbox.cluster;

import static io.snapstash.kube.ResourceTypes.CLAIMS;
import static io.snapstash.kube.ResourceTypes.CRON_JOBS;
import static io.snapstash.kube.ResourceTypes.DEPLOYMENTS;
import static io.snapstash.kube.ResourceTypes.JOBS;
import static io.snapstash.kube.ResourceTypes.NAMESPACES;
import static io.snapstash.kube.ResourceTypes.PODS;
import static io.snapstash.kube.ResourceTypes.SERVICE_ACCOUNTS;
import static io.snapstash.kube.ResourceTypes.STATEFUL_SETS;
import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.fixtures.StoryWorld;
import io.snapstash.sandbox.Bucket;
import io.snapstash.sandbox.OperatorProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Jobs, CronJobs, workloads, garbage and namespaces without a controller manager. */
class WorkloadStoryTest {
  private final AtomicInteger exitCode = new AtomicInteger();
  private final StoryWorld world = StoryWorld.start(Behaviour.instant(), OperatorProcess.none(),
      (_, _) -> Map.of("act", (_, _, _) -> exitCode.get(), "hang", (_, _, _) -> {
        Thread.sleep(Long.MAX_VALUE);
        return 0;
      }), new Bucket("http://none", "b", "k", "s"));

  @AfterEach
  void close() {
    world.close();
  }

  private static String job(String name, String word, String more) {
    return """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: %s, namespace: demo}
        spec:
          backoffLimit: 2
          template:
            spec:
              restartPolicy: Never
              containers: [{name: main, image: "snapstash/snapstash:1", args: [%s]}]
        """.formatted(name, word) + more;
  }

  private String condition(String job, String type) {
    return world.condition(JOBS, job, type);
  }

  @Test
  void aJobThatSucceedsIsCompleteAndItsPodCarriesTheUsualLabels() {
    world.apply(job("fine", "act", ""));

    world.until("complete", () -> condition("fine", "Complete").equals("True:CompletionsReached"));

    assertThat(condition("fine", "SuccessCriteriaMet")).isEqualTo("True:CompletionsReached");
    assertThat(world.tree(JOBS, "fine").at("/status/succeeded").asInt()).isOne();
    assertThat(world.list(PODS)).singleElement().satisfies(pod -> {
      assertThat(pod.getMetadata().getLabels()).containsEntry("batch.kubernetes.io/job-name", "fine");
      assertThat(pod.getStatus().getPhase()).isEqualTo("Succeeded");
    });
    world.staysQuietForTenMinutes();
  }

  @Test
  void aJobIsTriedAgainUntilItsBackoffLimitAndThenFails() {
    exitCode.set(75);
    world.apply(job("bad", "act", ""));

    world.until("failed", () -> condition("bad", "Failed").equals("True:BackoffLimitExceeded"));

    assertThat(world.list(PODS)).hasSize(3);
    assertThat(world.tree(JOBS, "bad").at("/status/failed").asInt()).isEqualTo(3);
  }

  @Test
  void anExitCodeOfTheFailurePolicyEndsTheJobAtOnce() {
    exitCode.set(65);
    world.apply(job("wrong", "act", "  podFailurePolicy: {rules: "
        + "[{action: FailJob, onExitCodes: {operator: In, values: [64, 65]}}]}\n"));

    world.until("failed", () -> condition("wrong", "Failed").equals("True:PodFailurePolicy"));

    assertThat(world.list(PODS)).hasSize(1);
  }

  @Test
  void aDeadlineEndsAJobThatHangs() {
    world.apply(job("slow", "hang", "  activeDeadlineSeconds: 60\n"));

    world.until("failed", () -> condition("slow", "Failed").equals("True:DeadlineExceeded"));

    world.until("pod gone", () -> world.list(PODS).isEmpty());
  }

  @Test
  void deletingAJobKillsItsPodAndTakesItAlong() {
    world.apply(job("gone", "hang", ""));
    world.until("running", () -> world.list(PODS).stream().anyMatch(PodStatuses::isReady));

    world.delete(JOBS, "gone");

    world.until("pod gone", () -> world.list(PODS).isEmpty());
    world.staysQuietForTenMinutes();
  }

  @Test
  void aCronJobNamesItsJobsAfterTheirSlotsAndKeepsTheLastThree() {
    world.apply("""
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: tick, namespace: demo}
        spec:
          schedule: "* * * * *"
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  containers: [{name: main, image: "snapstash/snapstash:1", args: [act]}]
        """);

    world.advance(Duration.ofMinutes(5));

    long slot = world.time().now().getEpochSecond() / 60;
    assertThat(world.list(JOBS)).extracting(job -> job.getMetadata().getName())
        .containsExactlyInAnyOrder("tick-" + slot, "tick-" + (slot - 1), "tick-" + (slot - 2));
    assertThat(world.find(JOBS, "demo", "tick-" + slot).orElseThrow().getMetadata().getAnnotations())
        .containsEntry("batch.kubernetes.io/cronjob-scheduled-timestamp", Instant.ofEpochSecond(slot * 60).toString());

    world.patch(CRON_JOBS, "tick", "{spec: {suspend: true}}");
    world.staysQuietForTenMinutes();
  }

  @Test
  void aStatefulSetGetsAClaimPerReplicaAndUsesThoseThatExist() {
    world.apply("""
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: data-db-1, namespace: demo, labels: {mine: "yes"}}
        spec: {accessModes: [ReadWriteOnce], storageClassName: csi-wffc, resources: {requests: {storage: 1Gi}}}
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db, namespace: demo}
        spec:
          replicas: 2
          serviceName: db
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec:
              containers: [{name: main, image: busybox}]
          volumeClaimTemplates:
            - metadata: {name: data}
              spec: {accessModes: [ReadWriteOnce], storageClassName: csi-wffc, resources: {requests: {storage: 1Gi}}}
        """);

    world.until("ready", () -> world.tree(STATEFUL_SETS, "db").at("/status/readyReplicas").asInt() == 2);

    assertThat(world.list(CLAIMS)).extracting(claim -> claim.getMetadata().getName())
        .containsExactlyInAnyOrder("data-db-0", "data-db-1");
    assertThat(world.find(CLAIMS, "demo", "data-db-1").orElseThrow().getMetadata().getLabels()).containsKey("mine");
    world.staysQuietForTenMinutes();
  }

  @Test
  void aDeletedPodOfADeploymentIsReplaced() {
    world.apply("""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: demo}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers: [{name: main, image: busybox}]
        """);
    world.until("ready", () -> world.tree(DEPLOYMENTS, "web").at("/status/readyReplicas").asInt() == 2);
    String first = world.list(PODS).getFirst().getMetadata().getName();

    world.delete(PODS, first);

    world.until("replaced", () -> world.list(PODS).stream().filter(PodStatuses::isReady).count() == 2
        && world.find(PODS, "demo", first).isEmpty());
    world.delete(DEPLOYMENTS, "web");
    world.until("collected", () -> world.list(PODS).isEmpty());
  }

  @Test
  void aNamespaceIsEmptiedAndThenGone() {
    world.apply(job("running", "hang", ""));
    world.until("account", () -> world.find(SERVICE_ACCOUNTS, "demo", "default").isPresent());
    world.until("running", () -> !world.list(PODS).isEmpty());

    world.delete(NAMESPACES, "demo");

    world.until("namespace gone", () -> world.find(NAMESPACES, "", "demo").isEmpty());
    assertThat(world.list(PODS)).isEmpty();
    world.staysQuietForTenMinutes();
  }

  @Test
  void whatIsOwnedAcrossNamespacesIsCollectedWithAnEvent() {
    world.apply("{apiVersion: v1, kind: Namespace, metadata: {name: other}}");
    world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: owner, namespace: other}}");
    String uid = world.find(ClusterTypes.CONFIG_MAPS, "other", "owner").orElseThrow().getMetadata().getUid();

    world.apply("""
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: child
          namespace: demo
          ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: owner, uid: %s}]
        """.formatted(uid));

    world.until("collected", () -> world.find(ClusterTypes.CONFIG_MAPS, "demo", "child").isEmpty());
  }
}
