package io.snapstash.controller;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.Optional;

/** The VolumeSnapshot, as {@code namespace/name}, that a claim is still to be made from. */
public final class PendingSource {
  private PendingSource() {}

  public static Optional<String> of(PersistentVolumeClaim claim) {
    boolean pending = claim.getStatus() != null && "Pending".equals(claim.getStatus().getPhase());
    return Optional.ofNullable(claim.getSpec().getDataSourceRef())
        .filter(source -> pending && "VolumeSnapshot".equals(source.getKind()))
        .map(source -> claim.getMetadata().getNamespace() + "/" + source.getName());
  }
}
