package io.snapstash.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.engine.ResourceKey;

/** What a refused removal means where nobody will mend anything any more (behaviour 10.6). */
public final class Farewell {
  private Farewell() {}

  /** In a namespace that is being deleted, a backend out of reach would hold the namespace for ever. */
  public static Access from(Caches caches, HasMetadata object, Access access) {
    boolean terminating = caches.namespaces.get(ResourceKey.clusterScoped(object.getMetadata().getNamespace()))
        .filter(Metadata::isDeleting).isPresent();
    return terminating ? switch (access) {
      case Access.Refused(String message, boolean _) -> new Access.SecretMissing(message);
      case Access.SecretUnreadable(String message) -> new Access.SecretMissing(message);
      default -> access;
    } : access;
  }
}
