package io.snapstash.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Resource versions of one kind: comparable as numbers, as Kubernetes promises since 1.35 and did before. */
final class Versions {
  private Versions() {}

  static boolean newer(HasMetadata object, String version) {
    try {
      return Long.parseLong(object.getMetadata().getResourceVersion()) > Long.parseLong(version);
    } catch (NumberFormatException opaque) {
      return false;
    }
  }

  /** Unknown or foreign forms are not older. */
  static boolean older(String version, String than) {
    try {
      return Long.parseLong(version) < Long.parseLong(than);
    } catch (NumberFormatException opaque) {
      return false;
    }
  }

  /** Unknown or foreign forms count as newer, so that nothing is held back for ever. */
  static boolean older(HasMetadata object, HasMetadata than) {
    return older(object.getMetadata().getResourceVersion(), than.getMetadata().getResourceVersion());
  }
}
