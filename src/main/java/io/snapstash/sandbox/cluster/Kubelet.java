package io.snapstash.sandbox.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.snapstash.api.Json;
import io.snapstash.engine.Reconciliation;
import io.snapstash.engine.Requeue;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.Index;
import io.snapstash.kube.KubeFailure;
import io.snapstash.kube.ResourceTypes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scheduler and kubelet of the one node: a Pod starts when its claims are bound, runs what the runner knows, and ends
 * with its exit code. Only first containers are run; Pods that restart for ever are simply ready.
 */
final class Kubelet extends Part {
  private static final Logger LOG = LoggerFactory.getLogger(Kubelet.class);
  private static final int KILLED = 137;
  private static final int NOT_STARTED = 128;
  private static final int LONGEST_MESSAGE = 4096;

  private final ContainerRunner runner;
  private final Index<Pod> podsByClaim;
  private final Map<String, Instant> startable = new HashMap<>();
  private final Map<String, ContainerRunner.Running> running = new HashMap<>();
  private final Map<String, Integer> ended = new HashMap<>();
  private final Map<String, String> lastWords = new ConcurrentHashMap<>();
  private int addresses;

  Kubelet(Cluster cluster, ContainerRunner runner) {
    super("pods", cluster);
    this.runner = runner;
    this.podsByClaim = cluster.cache(ResourceTypes.PODS).index(Kubelet::claimsOf);
    cluster.cache(ResourceTypes.PODS).onChange((before, after) -> {
      after.or(() -> before).ifPresent(this::offer);
      if (after.isEmpty() || before.isPresent() && !uid(before.get()).equals(uid(after.get()))) {
        before.ifPresent(this::forget);
      }
    });
    cluster.cache(ResourceTypes.CLAIMS).onChange((_, after) ->
        after.ifPresent(claim -> podsByClaim.get(Cluster.keyOf(claim).toString()).forEach(this::offer)));
  }

  /** Keys, as text, of the claims a Pod mounts. */
  static List<String> claimsOf(Pod pod) {
    String namespace = pod.getMetadata().getNamespace();
    return pod.getSpec().getVolumes() == null ? List.of() : pod.getSpec().getVolumes().stream()
        .filter(volume -> volume.getPersistentVolumeClaim() != null)
        .map(volume -> new ResourceKey(namespace, volume.getPersistentVolumeClaim().getClaimName()).toString())
        .toList();
  }

  @Override
  void close() {
    super.close();
    List.copyOf(running.values()).forEach(ContainerRunner.Running::kill);
  }

  private void forget(Pod gone) {
    Optional.ofNullable(running.remove(uid(gone))).ifPresent(ContainerRunner.Running::kill);
    startable.remove(uid(gone));
    ended.remove(uid(gone));
    lastWords.remove(uid(gone));
  }

  @Override
  protected Future<Requeue> pass(Reconciliation run) {
    Optional<Pod> found = cluster.cache(ResourceTypes.PODS).get(run.key());
    if (found.isEmpty()) {
      return settled();
    }
    Pod pod = found.get();
    if (Metadata.isDeleting(pod)) {
      return remove(pod);
    }
    return switch (PodStatuses.phase(pod)) {
      case "Pending" -> start(pod);
      case "Running" -> follow(pod);
      default -> settled();
    };
  }

  private Future<Requeue> remove(Pod pod) {
    Optional.ofNullable(running.remove(uid(pod))).ifPresent(ContainerRunner.Running::kill);
    Long grace = pod.getMetadata().getDeletionGracePeriodSeconds();
    if (grace == null || grace == 0) {
      return settled();
    }
    ObjectNode options = Json.MAPPER.createObjectNode().put("apiVersion", "v1").put("kind", "DeleteOptions")
        .put("gracePeriodSeconds", 0);
    options.putObject("preconditions").put("uid", uid(pod));
    String path = "/api/v1/namespaces/" + pod.getMetadata().getNamespace() + "/pods/" + pod.getMetadata().getName();
    return cluster.client().raw("DELETE", path, Optional.of(options)).map(_ -> Requeue.settled())
        .recover(failure -> KubeFailure.is(failure, KubeFailure.Kind.NOT_FOUND) ? settled()
            : Future.failedFuture(failure));
  }

  private Future<Requeue> start(Pod pod) {
    if (pod.getSpec().getNodeName() == null) {
      return bind(pod);
    }
    if (!claimsOf(pod).stream().allMatch(this::isBound)) {
      return settled();
    }
    Instant now = cluster.time().now();
    Instant due = startable.computeIfAbsent(uid(pod), _ -> now.plus(cluster.behaviour().podStartTime()));
    if (due.isAfter(now)) {
      return after(Duration.between(now, due));
    }
    String address = "10.1." + (addresses / 250 % 250) + "." + (addresses++ % 250 + 1);
    if (!isService(pod) && !running.containsKey(uid(pod))) {
      running.put(uid(pod), launch(pod));
    }
    return cluster.patchStatus(ResourceTypes.PODS, pod, PodStatuses.running(pod, address, now))
        .map(_ -> Requeue.settled());
  }

  private Future<Requeue> bind(Pod pod) {
    ObjectNode binding = Json.MAPPER.createObjectNode().put("apiVersion", "v1").put("kind", "Binding");
    binding.putObject("metadata").put("name", pod.getMetadata().getName());
    binding.putObject("target").put("apiVersion", "v1").put("kind", "Node").put("name", NodeSimulator.NAME);
    String path = "/api/v1/namespaces/" + pod.getMetadata().getNamespace() + "/pods/" + pod.getMetadata().getName()
        + "/binding";
    return cluster.client().raw("POST", path, Optional.of(binding)).map(_ -> Requeue.settled());
  }

  private boolean isBound(String claim) {
    int slash = claim.indexOf('/');
    return cluster.cache(ResourceTypes.CLAIMS)
        .get(new ResourceKey(claim.substring(0, slash), claim.substring(slash + 1)))
        .map(Claims::isBound).orElse(false);
  }

  private Future<Requeue> follow(Pod pod) {
    if (isService(pod)) {
      return settled();
    }
    Integer code = ended.get(uid(pod));
    if (code == null && !running.containsKey(uid(pod))) {
      // It ran when an earlier simulation was stopped: as if the node had gone down under it.
      code = KILLED;
    }
    return code == null ? settled() : cluster.patchStatus(ResourceTypes.PODS, pod,
        PodStatuses.ended(pod, code, lastWords.get(uid(pod)), cluster.time().now())).map(_ -> Requeue.settled());
  }

  private static boolean isService(Pod pod) {
    String policy = pod.getSpec().getRestartPolicy();
    return policy == null || policy.equals("Always");
  }

  private ContainerRunner.Running launch(Pod pod) {
    Launch launch = new Launch();
    String image = pod.getSpec().getContainers().getFirst().getImage();
    if (runner.knows(image)) {
      UnaryOperator<String> claims = name -> cluster.cache(ResourceTypes.CLAIMS)
          .get(new ResourceKey(pod.getMetadata().getNamespace(), name))
          .map(claim -> claim.getSpec().getVolumeName()).orElse(name);
      new PodEnvironment(cluster.client(), pod).resolve().onSuccess(container -> launch.begin(
          runner.start(container.with(PodFolders.of(pod, cluster.disks(), claims), message ->
              lastWords.put(uid(pod), message.substring(0, Math.min(message.length(), LONGEST_MESSAGE)))))))
          .onFailure(failure -> {
            LOG.warn("container not started pod={} cause=\"{}\"", Cluster.keyOf(pod), failure.getMessage());
            launch.over(NOT_STARTED);
          });
    } else {
      cluster.time().schedule(cluster.behaviour().foreignRunTime(), () -> launch.over(0));
    }
    launch.exit().onSuccess(code -> cluster.context().runOnContext(_ -> {
      if (running.containsKey(uid(pod))) {
        ended.put(uid(pod), code);
        offer(pod);
      }
    }));
    return launch;
  }

  private static String uid(Pod pod) {
    return pod.getMetadata().getUid();
  }

  /** Can be killed before it has begun. */
  private static final class Launch implements ContainerRunner.Running {
    private final Promise<Integer> exit = Promise.promise();
    private Optional<ContainerRunner.Running> begun = Optional.empty();
    private boolean killed;

    synchronized void begin(ContainerRunner.Running started) {
      begun = Optional.of(started);
      started.exit().onSuccess(this::over);
      if (killed) {
        started.kill();
      }
    }

    void over(int code) {
      exit.tryComplete(code);
    }

    @Override
    public Future<Integer> exit() {
      return exit.future();
    }

    @Override
    public synchronized void kill() {
      killed = true;
      begun.ifPresent(ContainerRunner.Running::kill);
      over(KILLED);
    }
  }
}
