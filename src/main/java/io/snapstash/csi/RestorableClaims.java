package io.snapstash.csi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.snapstash.api.Labels;
import io.snapstash.domain.plan.RestorePlan;
import io.snapstash.domain.restore.ClaimSize;
import io.snapstash.domain.restore.MappedClaim;
import io.snapstash.domain.restore.MappedComponent;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.KubeClient;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.kube.Selection;
import io.vertx.core.Future;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds out, before anything is made, whether the claims of a restore can work (behaviour 8.11, 8.14): a claim with
 * the wrong class, driver or mode would not fail, it would stay Pending for ever. Fills in what the template leaves
 * open. It needs rights on cluster-scoped kinds, which Jobs do not have, so the operator asks it.
 */
public final class RestorableClaims {
  private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";

  private final KubeClient kube;
  private final StandIns standIns;

  public RestorableClaims(KubeClient kube, StandIns standIns) {
    this.kube = kube;
    this.standIns = standIns;
  }

  /**
   * What a Job can be told to make.
   *
   * @param pairs what has to be there before, none twice
   */
  public record Resolved(List<RestorePlan.Component> components, List<SnapshotPair> pairs) {
    public Resolved {
      components = List.copyOf(components);
      pairs = List.copyOf(pairs);
    }
  }

  public Future<Resolved> resolve(List<MappedComponent> components) {
    Set<SnapshotPair> pairs = new LinkedHashSet<>();
    return kube.list(ResourceTypes.STORAGE_CLASSES, Selection.EVERYTHING).compose(classes -> {
      List<Future<RestorePlan.Component>> resolved =
          components.stream().map(component -> resolve(component, classes, pairs)).toList();
      return Future.all(resolved)
          .map(_ -> new Resolved(resolved.stream().map(Future::result).toList(), List.copyOf(pairs)));
    });
  }

  private Future<RestorePlan.Component> resolve(
      MappedComponent component, List<StorageClass> classes, Set<SnapshotPair> pairs) {
    List<Future<RestorePlan.Claim>> claims = component.claims().stream()
        .map(claim -> source(claim).map(source -> judge(claim, source, classes, pairs))).toList();
    return Future.all(claims).map(_ -> new RestorePlan.Component(component.name(),
        claims.stream().map(Future::result).toList(), component.notes(), component.error().orElse(null)));
  }

  /**
   * What is known of the volume that a claim is to be made from.
   *
   * @param error why it cannot be used
   */
  private record Source(Optional<ResourceKey> snapshot, Optional<String> driver, Optional<String> mode,
      List<String> accessModes, Optional<SnapshotPair> pair, Optional<String> error) {
    static Source none() {
      return new Source(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty(),
          Optional.empty());
    }

    static Source unusable(String why) {
      return new Source(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty(),
          Optional.of(why));
    }

    static Source of(SnapshotPair pair) {
      return new Source(Optional.of(pair.snapshot()), Optional.of(pair.driver()), pair.volumeMode(),
          pair.accessModes(), Optional.of(pair), Optional.empty());
    }
  }

  private Future<Source> source(MappedClaim claim) {
    if (claim.volumeSnapshot().isEmpty()) {
      return Future.succeededFuture(Source.none());
    }
    ResourceKey key = new ResourceKey(claim.snapshotNamespace(), claim.volumeSnapshot().get());
    return kube.find(CsiTypes.VOLUME_SNAPSHOTS, key).compose(snapshot -> content(snapshot).compose(content ->
        snapshot.isPresent() && claim.snapshotNamespace().equals(claim.namespace())
            ? madeByHandle(claim, snapshot.get()).compose(made -> made
                .map(pair -> Future.succeededFuture(Source.of(pair)))
                .orElseGet(() -> present(claim, key, snapshot.get(), content)))
            : standIns.insteadOf(claim, snapshot, content).map(standIn -> switch (standIn) {
              case StandIns.StandIn.Pair(SnapshotPair pair) -> Source.of(pair);
              case StandIns.StandIn.Refused(String why) -> Source.unusable(why);
              case StandIns.StandIn.Unknown() -> Source.unusable("VolumeSnapshot " + key + " does not exist");
            })));
  }

  /**
   * What is there may be a stand-in that an earlier restore, or an earlier attempt of this one, has made. It is one
   * still: it may never get ready, and what the claim looked like is known from where the handle is.
   */
  private Future<Optional<SnapshotPair>> madeByHandle(MappedClaim claim, VolumeSnapshot snapshot) {
    Optional<String> handle = Optional.ofNullable(snapshot.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(Labels.SNAPSHOT_HANDLE));
    return handle.isEmpty() ? Future.succeededFuture(Optional.empty())
        : standIns.insteadOf(claim, Optional.empty(), Optional.empty()).map(standIn ->
            standIn instanceof StandIns.StandIn.Pair(SnapshotPair pair) && pair.handle().equals(handle.get())
                ? Optional.of(pair) : Optional.empty());
  }

  private Future<Optional<VolumeSnapshotContent>> content(Optional<VolumeSnapshot> snapshot) {
    return snapshot.map(VolumeSnapshot::getStatus).map(VolumeSnapshot.Status::boundVolumeSnapshotContentName)
        .map(name -> kube.find(CsiTypes.VOLUME_SNAPSHOT_CONTENTS, ResourceKey.clusterScoped(name)))
        .orElse(Future.succeededFuture(Optional.empty()));
  }

  private Future<Source> present(MappedClaim claim, ResourceKey key, VolumeSnapshot snapshot,
      Optional<VolumeSnapshotContent> content) {
    Future<Optional<PersistentVolumeClaim>> origin = Optional.ofNullable(snapshot.getSpec())
        .map(VolumeSnapshot.Spec::source).map(VolumeSnapshot.Source::persistentVolumeClaimName)
        .filter(_ -> claim.manifest().at("/spec/accessModes").isEmpty())
        .map(name -> kube.find(ResourceTypes.CLAIMS, new ResourceKey(claim.snapshotNamespace(), name)))
        .orElse(Future.succeededFuture(Optional.empty()));
    return origin.map(found -> new Source(Optional.of(key), content.map(each -> each.getSpec().driver()),
        content.map(each -> each.getSpec().sourceVolumeMode()),
        found.map(each -> each.getSpec().getAccessModes()).orElse(List.of()), Optional.empty(), Optional.empty()));
  }

  private static RestorePlan.Claim judge(
      MappedClaim claim, Source source, List<StorageClass> classes, Set<SnapshotPair> pairs) {
    ObjectNode spec = claim.manifest().withObject("/spec");
    Optional<StorageClass> chosen = chosen(spec, classes);
    Optional<String> wrong = source.error()
        .or(() -> chosen.isEmpty() ? Optional.of(missingClass(spec)) : Optional.empty())
        .or(() -> driverMismatch(source, chosen.get())).or(() -> modeMismatch(source, spec));
    if (wrong.isPresent()) {
      return failed(claim, wrong.get());
    }
    fill(spec, source);
    if (spec.path("accessModes").isEmpty()) {
      return failed(claim, "spec.accessModes is missing in the template, and the source claim no longer exists");
    }
    source.pair().ifPresent(pair -> {
      pairs.add(pair);
      point(spec, pair.snapshot().name());
      pair.restoreSize().ifPresent(size -> ClaimSize.raise(claim.manifest(), size));
    });
    return new RestorePlan.Claim(claim.namespace(), claim.name(), claim.manifest(),
        source.snapshot().map(ResourceKey::namespace).orElse(null), source.snapshot().map(ResourceKey::name).orElse(null),
        "WaitForFirstConsumer".equals(chosen.get().getVolumeBindingMode()), null,
        source.pair().isPresent() ? true : null);
  }

  /** A pair may bear another name than the VolumeSnapshot that it stands for. */
  private static void point(ObjectNode spec, String name) {
    Stream.of("dataSourceRef", "dataSource").filter(field -> spec.path(field).isObject())
        .forEach(field -> spec.withObject("/" + field).put("name", name));
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
    return source.driver().filter(driver -> !driver.equals(chosen.getProvisioner()))
        .map(driver -> "StorageClass " + chosen.getMetadata().getName() + " is of driver " + chosen.getProvisioner()
            + ", but the snapshot is held by " + driver);
  }

  private static Optional<String> modeMismatch(Source source, JsonNode spec) {
    String wanted = spec.path("volumeMode").asText("");
    return source.mode().filter(mode -> !wanted.isEmpty() && !mode.equals(wanted))
        .map(mode -> "volumeMode " + wanted + " differs from the " + mode + " volume that was captured");
  }

  private static void fill(ObjectNode spec, Source source) {
    if (spec.path("volumeMode").asText("").isEmpty()) {
      source.mode().ifPresent(mode -> spec.put("volumeMode", mode));
    }
    if (spec.path("accessModes").isEmpty()) {
      source.accessModes().forEach(spec.withArray("accessModes")::add);
    }
  }

  private static RestorePlan.Claim failed(MappedClaim claim, String error) {
    return new RestorePlan.Claim(claim.namespace(), claim.name(), claim.manifest(), null, null, null, error, null);
  }
}
