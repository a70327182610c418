package io.snapstash.sandbox.cluster;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Optional;

/** What the parts ask of a PersistentVolumeClaim. */
final class Claims {
  private Claims() {}

  static boolean isBound(PersistentVolumeClaim claim) {
    return claim.getStatus() != null && "Bound".equals(claim.getStatus().getPhase());
  }

  static String mode(PersistentVolumeClaim claim) {
    return Optional.ofNullable(claim.getSpec().getVolumeMode()).orElse("Filesystem");
  }

  /** In bytes; 0 if nothing is asked for, which a real API server refuses. */
  static long requestedBytes(PersistentVolumeClaim claim) {
    return requested(claim).map(quantity -> quantity.getNumericalAmount().longValue()).orElse(0L);
  }

  static Optional<Quantity> requested(PersistentVolumeClaim claim) {
    return Optional.ofNullable(claim.getSpec().getResources()).map(resources -> resources.getRequests())
        .map(requests -> requests.get("storage"));
  }

  static boolean comesFromSnapshot(PersistentVolumeClaim claim, String snapshot) {
    return source(claim).filter(source -> source.kind().equals("VolumeSnapshot") && source.name().equals(snapshot))
        .isPresent();
  }

  /** The data source, whichever of the two fields names it. */
  static Optional<Source> source(PersistentVolumeClaim claim) {
    var ref = claim.getSpec().getDataSourceRef();
    if (ref != null) {
      return Optional.of(new Source(ref.getApiGroup() == null ? "" : ref.getApiGroup(), ref.getKind(), ref.getName()));
    }
    var plain = claim.getSpec().getDataSource();
    return Optional.ofNullable(plain)
        .map(source -> new Source(source.getApiGroup() == null ? "" : source.getApiGroup(), source.getKind(),
            source.getName()));
  }

  record Source(String group, String kind, String name) {}
}
