package io.snapstash.csi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.snapstash.domain.plan.RestorePlan;
import io.snapstash.domain.restore.MappedClaim;
import io.snapstash.domain.restore.MappedComponent;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.KubeClient;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.kube.Selection;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out, before anything is made, whether the claims of a restore can work (behaviour 8.11, 8.14): a claim with
 * the wrong class, driver or mode would not fail, it would stay Pending for ever. Fills in what the template leaves
 * open. It needs rights on cluster-scoped kinds, which Jobs do not have, so the operator asks it.
 */
public final class RestorableClaims {
  private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";

  private final KubeClient kube;

  public RestorableClaims(KubeClient kube) {
    this.kube = kube;
  }

  public Future<List<RestorePlan.Component>> resolve(List<MappedComponent> components) {
    return kube.list(ResourceTypes.STORAGE_CLASSES, Selection.EVERYTHING).compose(classes -> {
      List<Future<RestorePlan.Component>> resolved =
          components.stream().map(component -> resolve(component, classes)).toList();
      return Future.all(resolved).map(_ -> resolved.stream().map(Future::result).toList());
    });
  }

  private Future<RestorePlan.Component> resolve(MappedComponent component, List<StorageClass> classes) {
    List<Future<RestorePlan.Claim>> claims =
        component.claims().stream().map(claim -> resolve(claim, classes)).toList();
    return Future.all(claims).map(_ -> new RestorePlan.Component(component.name(),
        claims.stream().map(Future::result).toList(), component.notes(), component.error().orElse(null)));
  }

  /** What is known of the volume that a claim is to be made from. */
  private record Source(Optional<VolumeSnapshot> snapshot, Optional<VolumeSnapshotContent> content,
      Optional<PersistentVolumeClaim> claim) {}

  private Future<RestorePlan.Claim> resolve(MappedClaim claim, List<StorageClass> classes) {
    if (claim.volumeSnapshot().isPresent() && !claim.snapshotNamespace().equals(claim.namespace())) {
      return Future.succeededFuture(failed(claim, "the VolumeSnapshot lies in namespace " + claim.snapshotNamespace()
          + "; this version restores into the namespace of the VolumeSnapshot only"));
    }
    return source(claim).map(source -> judge(claim, source, classes));
  }

  private Future<Source> source(MappedClaim claim) {
    if (claim.volumeSnapshot().isEmpty()) {
      return Future.succeededFuture(new Source(Optional.empty(), Optional.empty(), Optional.empty()));
    }
    ResourceKey key = new ResourceKey(claim.snapshotNamespace(), claim.volumeSnapshot().get());
    return kube.find(CsiTypes.VOLUME_SNAPSHOTS, key).compose(snapshot -> {
      Future<Optional<VolumeSnapshotContent>> content = snapshot.map(VolumeSnapshot::getStatus)
          .map(VolumeSnapshot.Status::boundVolumeSnapshotContentName)
          .map(name -> kube.find(CsiTypes.VOLUME_SNAPSHOT_CONTENTS, ResourceKey.clusterScoped(name)))
          .orElse(Future.succeededFuture(Optional.empty()));
      Future<Optional<PersistentVolumeClaim>> origin = snapshot.map(VolumeSnapshot::getSpec)
          .map(VolumeSnapshot.Spec::source).map(VolumeSnapshot.Source::persistentVolumeClaimName)
          .filter(_ -> claim.manifest().at("/spec/accessModes").isEmpty())
          .map(name -> kube.find(ResourceTypes.CLAIMS, new ResourceKey(claim.snapshotNamespace(), name)))
          .orElse(Future.succeededFuture(Optional.empty()));
      return Future.all(content, origin).map(_ -> new Source(snapshot, content.result(), origin.result()));
    });
  }

  private static RestorePlan.Claim judge(MappedClaim claim, Source source, List<StorageClass> classes) {
    if (claim.volumeSnapshot().isPresent() && source.snapshot().isEmpty()) {
      return failed(claim, "VolumeSnapshot " + claim.snapshotNamespace() + "/" + claim.volumeSnapshot().get()
          + " does not exist");
    }
    ObjectNode spec = claim.manifest().withObject("/spec");
    Optional<StorageClass> chosen = chosen(spec, classes);
    if (chosen.isEmpty()) {
      return failed(claim, missingClass(spec));
    }
    Optional<String> mismatch = driverMismatch(source, chosen.get()).or(() -> modeMismatch(source, spec));
    if (mismatch.isPresent()) {
      return failed(claim, mismatch.get());
    }
    fill(spec, source);
    if (spec.path("accessModes").isEmpty()) {
      return failed(claim, "spec.accessModes is missing in the template, and the source claim no longer exists");
    }
    boolean waits = "WaitForFirstConsumer".equals(chosen.get().getVolumeBindingMode());
    return new RestorePlan.Claim(claim.namespace(), claim.name(), claim.manifest(),
        claim.volumeSnapshot().map(_ -> claim.snapshotNamespace()).orElse(null), claim.volumeSnapshot().orElse(null),
        waits, null);
  }

  private static Optional<StorageClass> chosen(JsonNode spec, List<StorageClass> classes) {
    JsonNode named = spec.path("storageClassName");
    if (named.isTextual()) {
      return classes.stream().filter(each -> each.getMetadata().getName().equals(named.asText())).findFirst();
    }
    return classes.stream().filter(RestorableClaims::isDefault)
        .max(java.util.Comparator.comparing(each -> each.getMetadata().getCreationTimestamp()));
  }

  private static boolean isDefault(StorageClass each) {
    return "true".equals(Optional.ofNullable(each.getMetadata().getAnnotations()).orElse(Map.of()).get(DEFAULT_CLASS));
  }

  private static String missingClass(JsonNode spec) {
    JsonNode named = spec.path("storageClassName");
    if (!named.isTextual()) {
      return "the template names no storageClassName and the cluster has no default StorageClass";
    }
    return named.asText().isEmpty() ? "storageClassName is empty: such a claim is never provisioned from a snapshot"
        : "StorageClass " + named.asText() + " does not exist";
  }

  private static Optional<String> driverMismatch(Source source, StorageClass chosen) {
    return source.content().map(content -> content.getSpec().driver())
        .filter(driver -> !driver.equals(chosen.getProvisioner()))
        .map(driver -> "StorageClass " + chosen.getMetadata().getName() + " is of driver " + chosen.getProvisioner()
            + ", but the snapshot is held by " + driver);
  }

  private static Optional<String> modeMismatch(Source source, JsonNode spec) {
    String wanted = spec.path("volumeMode").asText("");
    return source.content().map(content -> content.getSpec().sourceVolumeMode())
        .filter(mode -> !wanted.isEmpty() && !mode.equals(wanted))
        .map(mode -> "volumeMode " + wanted + " differs from the " + mode + " volume that was captured");
  }

  private static void fill(ObjectNode spec, Source source) {
    if (spec.path("volumeMode").asText("").isEmpty()) {
      source.content().map(content -> content.getSpec().sourceVolumeMode())
          .ifPresent(mode -> spec.put("volumeMode", mode));
    }
    if (spec.path("accessModes").isEmpty()) {
      source.claim().ifPresent(claim -> claim.getSpec().getAccessModes().forEach(spec.withArray("accessModes")::add));
    }
  }

  private static RestorePlan.Claim failed(MappedClaim claim, String error) {
    return new RestorePlan.Claim(claim.namespace(), claim.name(), claim.manifest(), null, null, null, error);
  }
}
