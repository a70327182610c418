package io.snapstash.sandbox.cluster;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimStatusBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Json;
import io.snapstash.engine.Backoff;
import io.snapstash.engine.Reconciliation;
import io.snapstash.engine.Requeue;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.Index;
import io.snapstash.kube.KubeFailure;
import io.snapstash.kube.ResourceTypes;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Binds claims to volumes that the simulated driver makes, at once or when the first Pod wants them. What goes wrong
 * is told in events with the words of the real components; failures are tried again with doubling delay, and only
 * that: like the real provisioner it does not notice when a missing snapshot appears.
 */
final class ClaimBinder extends Part {
  private static final String BIND_COMPLETED = "pv.kubernetes.io/bind-completed";
  private static final String BOUND_BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";
  private static final String PROVISIONER = "volume.kubernetes.io/storage-provisioner";
  private static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";
  private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";
  private static final String NO_CLASS =
      "no persistent volumes available for this claim and no storage class is set";
  private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(5);

  private final VolumeMaker maker;
  private final Index<Pod> podsByClaim;
  private final EventRecorder events;
  private final Map<String, Instant> done = new HashMap<>();

  ClaimBinder(Cluster cluster) {
    super("claims", cluster, new Backoff(FIRST_DELAY, LONGEST_DELAY, () -> 0));
    this.maker = new VolumeMaker(cluster);
    this.events = new EventRecorder(cluster, "persistentvolume-controller");
    this.podsByClaim = cluster.cache(ResourceTypes.PODS).index(Kubelet::claimsOf);
    cluster.cache(ResourceTypes.CLAIMS).onChange((before, after) -> {
      if (after.isPresent() && isNews(before, after.get())) {
        offer(after.get());
      }
    });
    cluster.cache(ResourceTypes.PODS).onChange((before, after) -> {
      if (before.isEmpty()) {
        after.ifPresent(pod -> Kubelet.claimsOf(pod).stream().map(ClaimBinder::key).forEach(this::offer));
      }
    });
    cluster.cache(ResourceTypes.STORAGE_CLASSES).onChange((before, after) -> {
      if (before.isEmpty() && after.isPresent()) {
        cluster.cache(ResourceTypes.CLAIMS).all().stream().filter(claim -> !Claims.isBound(claim)).forEach(this::offer);
      }
    });
  }

  /** Our own annotations must not bring a waiting retry forward. */
  private static boolean isNews(Optional<PersistentVolumeClaim> before, PersistentVolumeClaim after) {
    return before.isEmpty() || !before.get().getSpec().equals(after.getSpec())
        || !String.valueOf(before.get().getStatus()).equals(String.valueOf(after.getStatus()));
  }

  private static ResourceKey key(String text) {
    int slash = text.indexOf('/');
    return new ResourceKey(text.substring(0, slash), text.substring(slash + 1));
  }

  @Override
  protected Future<Requeue> pass(Reconciliation run) {
    Optional<PersistentVolumeClaim> found = cluster.cache(ResourceTypes.CLAIMS).get(run.key());
    if (found.isEmpty() || Metadata.isDeleting(found.get()) || Claims.isBound(found.get())) {
      return settled();
    }
    PersistentVolumeClaim claim = found.get();
    if (claim.getStatus() == null || claim.getStatus().getPhase() == null) {
      return cluster.patchStatus(ResourceTypes.CLAIMS, claim,
          new PersistentVolumeClaimStatusBuilder().withPhase("Pending").build()).map(_ -> Requeue.after(Duration.ZERO));
    }
    Optional<PersistentVolume> own = volumeOf(claim);
    if (own.isPresent()) {
      return bind(claim, own.get());
    }
    if (claim.getSpec().getVolumeName() != null && !claim.getSpec().getVolumeName().isEmpty()) {
      return settled();
    }
    return storageClass(claim).map(storageClass -> provision(claim, storageClass)).orElseGet(Part::settled);
  }

  private Optional<PersistentVolume> volumeOf(PersistentVolumeClaim claim) {
    String asked = Optional.ofNullable(claim.getSpec().getVolumeName()).filter(name -> !name.isEmpty())
        .orElse("pvc-" + claim.getMetadata().getUid());
    return cluster.cache(ResourceTypes.VOLUMES).get(ResourceKey.clusterScoped(asked));
  }

  private Optional<StorageClass> storageClass(PersistentVolumeClaim claim) {
    String name = claim.getSpec().getStorageClassName();
    if (name != null && name.isEmpty()) {
      events.normal(claim, "FailedBinding", NO_CLASS);
      return Optional.empty();
    }
    Optional<StorageClass> found = cluster.cache(ResourceTypes.STORAGE_CLASSES).all().stream()
        .filter(candidate -> name == null ? "true".equals(Metadata.annotations(candidate).get(DEFAULT_CLASS))
            : candidate.getMetadata().getName().equals(name))
        .findFirst();
    if (found.isEmpty() && name == null) {
      events.normal(claim, "FailedBinding", NO_CLASS);
    } else if (found.isEmpty()) {
      events.warning(claim, "ProvisioningFailed", "storageclass.storage.k8s.io \"" + name + "\" not found");
    }
    return found;
  }

  private Future<Requeue> provision(PersistentVolumeClaim claim, StorageClass storageClass) {
    boolean waits = "WaitForFirstConsumer".equals(storageClass.getVolumeBindingMode());
    if (waits && podsByClaim.get(Cluster.keyOf(claim).toString()).isEmpty()) {
      events.normal(claim, "WaitForFirstConsumer", "waiting for first consumer to be created before binding");
      return settled();
    }
    Map<String, String> annotations = new HashMap<>(Map.of(PROVISIONER, storageClass.getProvisioner()));
    if (waits) {
      annotations.put(SELECTED_NODE, NodeSimulator.NAME);
    }
    return cluster.patch(ResourceTypes.CLAIMS, claim, Metadata.annotationsPatch(annotations))
        .compose(annotated -> hasDriver(storageClass)
            ? make(annotated, storageClass) : external(annotated, storageClass));
  }

  private boolean hasDriver(StorageClass storageClass) {
    return SnapshotDriver.NAME.equals(storageClass.getProvisioner())
        && cluster.cache(ResourceTypes.CSI_DRIVERS).get(ResourceKey.clusterScoped(SnapshotDriver.NAME)).isPresent();
  }

  private Future<Requeue> external(PersistentVolumeClaim claim, StorageClass storageClass) {
    events.normal(claim, "ExternalProvisioning", "Waiting for a volume to be created either by the external "
        + "provisioner '" + storageClass.getProvisioner() + "' or manually by the system administrator.");
    return settled();
  }

  private Future<Requeue> make(PersistentVolumeClaim claim, StorageClass storageClass) {
    return switch (maker.contentFor(claim, storageClass)) {
      case VolumeMaker.Never(String reason) -> {
        if (!reason.isEmpty()) {
          events.warning(claim, "ProvisioningFailed", failed(storageClass, reason));
        }
        yield settled();
      }
      case VolumeMaker.NotYet(String reason) -> {
        events.warning(claim, "ProvisioningFailed", failed(storageClass, reason));
        yield retry(reason);
      }
      case VolumeMaker.Bytes(byte[] bytes) -> whenTimeIsUp(claim, storageClass, bytes);
    };
  }

  private static String failed(StorageClass storageClass, String reason) {
    return "failed to provision volume with StorageClass \"" + storageClass.getMetadata().getName() + "\": " + reason;
  }

  private Future<Requeue> whenTimeIsUp(PersistentVolumeClaim claim, StorageClass storageClass, byte[] bytes) {
    Instant now = cluster.time().now();
    Instant due = done.computeIfAbsent(claim.getMetadata().getUid(),
        _ -> now.plus(cluster.behaviour().provisionTime()));
    if (due.isAfter(now)) {
      return after(Duration.between(now, due));
    }
    done.remove(claim.getMetadata().getUid());
    if (cluster.behaviour().failsProvisioningNow(claim.getMetadata().getName())) {
      String reason = "rpc error: code = Internal desc = the simulated driver was told to fail";
      events.warning(claim, "ProvisioningFailed", failed(storageClass, reason));
      return retry(reason);
    }
    PersistentVolume volume = maker.make(claim, storageClass, bytes);
    return cluster.create(ResourceTypes.VOLUMES, volume)
        .recover(failure -> KubeFailure.is(failure, KubeFailure.Kind.ALREADY_EXISTS)
            ? cluster.client().get(ResourceTypes.VOLUMES, Cluster.keyOf(volume)) : Future.failedFuture(failure))
        .onSuccess(_ -> events.normal(claim, "ProvisioningSucceeded",
            "Successfully provisioned volume " + volume.getMetadata().getName()))
        .compose(created -> bind(claim, created));
  }

  /** Volume first, then claim: a claim that says Bound always has its volume. */
  private Future<Requeue> bind(PersistentVolumeClaim claim, PersistentVolume volume) {
    String taken = Optional.ofNullable(volume.getSpec().getClaimRef()).map(ref -> ref.getUid()).orElse("");
    if (!taken.isEmpty() && !taken.equals(claim.getMetadata().getUid())) {
      events.warning(claim, "FailedBinding", "volume \"" + volume.getMetadata().getName()
          + "\" already bound to a different claim.");
      return settled();
    }
    ObjectNode claimRef = Json.MAPPER.createObjectNode();
    claimRef.putObject("spec").putObject("claimRef").put("apiVersion", "v1").put("kind", "PersistentVolumeClaim")
        .put("namespace", claim.getMetadata().getNamespace()).put("name", claim.getMetadata().getName())
        .put("uid", claim.getMetadata().getUid());
    ObjectNode patch = Metadata.annotationsPatch(Map.of(BIND_COMPLETED, "yes", BOUND_BY_CONTROLLER, "yes"));
    patch.putObject("spec").put("volumeName", volume.getMetadata().getName());
    return cluster.patch(ResourceTypes.VOLUMES, volume, claimRef)
        .compose(current -> cluster.patchStatus(ResourceTypes.VOLUMES, current,
            new PersistentVolumeStatusBuilder().withPhase("Bound").build()))
        .compose(_ -> cluster.patch(ResourceTypes.CLAIMS, claim, patch))
        .compose(current -> cluster.patchStatus(ResourceTypes.CLAIMS, current,
            new PersistentVolumeClaimStatusBuilder().withPhase("Bound").withCapacity(volume.getSpec().getCapacity())
                .withAccessModes(volume.getSpec().getAccessModes()).build()))
        .map(_ -> Requeue.settled());
  }
}
