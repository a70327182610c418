package io.snapstash.csi;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.KubeClient;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.kube.Selection;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out whether, and with which VolumeSnapshotClass, a claim can be snapshotted (behaviour 6.11, 6.12). It needs
 * rights on cluster-scoped kinds, which Jobs do not have, so the operator asks it.
 */
public final class SnapshotClasses {
  private static final String PROVISIONER = "volume.kubernetes.io/storage-provisioner";
  private final KubeClient kube;

  public SnapshotClasses(KubeClient kube) {
    this.kube = kube;
  }

  /** What came out for one claim: the class to name (empty: the default one), or why it cannot be done. */
  public sealed interface Verdict {
    /** @param driver and class that will serve it */
    record Possible(String driver, String className) implements Verdict {}

    record Impossible(String why) implements Verdict {}
  }

  public Future<List<VolumeSnapshotClass>> all() {
    return kube.list(CsiTypes.VOLUME_SNAPSHOT_CLASSES, Selection.EVERYTHING);
  }

  /** Judges one claim against the class asked for; an empty class name means the default class of its driver. */
  public Future<Verdict> judge(ResourceKey claim, String className, List<VolumeSnapshotClass> classes) {
    Optional<VolumeSnapshotClass> named =
        classes.stream().filter(each -> each.getMetadata().getName().equals(className)).findFirst();
    if (!className.isEmpty() && named.isEmpty()) {
      return no("VolumeSnapshotClass " + className + " not found");
    }
    return kube.find(ResourceTypes.CLAIMS, claim).compose(found -> {
      if (found.isEmpty()) {
        return no("PersistentVolumeClaim " + claim + " not found");
      }
      if (found.get().getStatus() == null || !"Bound".equals(found.get().getStatus().getPhase())) {
        return no("PersistentVolumeClaim " + claim + " is not bound to a volume");
      }
      return driverOf(found.get()).map(driver -> verdict(claim, driver, className, named, classes));
    });
  }

  private Future<Optional<String>> driverOf(PersistentVolumeClaim claim) {
    String provisioner = Optional.ofNullable(claim.getMetadata().getAnnotations()).orElse(Map.of()).get(PROVISIONER);
    if (provisioner != null) {
      return Future.succeededFuture(Optional.of(provisioner));
    }
    return kube.find(ResourceTypes.VOLUMES, ResourceKey.clusterScoped(claim.getSpec().getVolumeName()))
        .map(volume -> volume.map(PersistentVolume::getSpec).map(spec -> spec.getCsi()).map(csi -> csi.getDriver()));
  }

  private static Verdict verdict(ResourceKey claim, Optional<String> driver, String className,
      Optional<VolumeSnapshotClass> named, List<VolumeSnapshotClass> classes) {
    if (driver.isEmpty()) {
      return new Verdict.Impossible("the volume of PersistentVolumeClaim " + claim + " is not a CSI volume");
    }
    if (named.isPresent() && !named.get().getDriver().equals(driver.get())) {
      return new Verdict.Impossible("VolumeSnapshotClass " + className + " is for driver " + named.get().getDriver()
          + ", but PersistentVolumeClaim " + claim + " is on " + driver.get());
    }
    return named.or(() -> classes.stream()
            .filter(each -> each.isDefaultClass() && each.getDriver().equals(driver.get())).findFirst())
        .<Verdict>map(served -> new Verdict.Possible(driver.get(), served.getMetadata().getName()))
        .orElseGet(() -> new Verdict.Impossible("no volumeSnapshotClassName was given and no "
            + "VolumeSnapshotClass is marked as the default of driver " + driver.get()));
  }

  private static Future<Verdict> no(String why) {
    return Future.succeededFuture(new Verdict.Impossible(why));
  }
}
