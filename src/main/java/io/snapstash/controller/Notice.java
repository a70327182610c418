package io.snapstash.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.engine.ResourceKey;

/** What a Kubernetes event says about an object. Reasons are CamelCase words; messages are for people. */
public record Notice(String apiVersion, String kind, ResourceKey about, String uid, boolean warning, String reason,
    String message) {
  public static Notice warning(HasMetadata object, String reason, String message) {
    return of(object, true, reason, message);
  }

  public static Notice normal(HasMetadata object, String reason, String message) {
    return of(object, false, reason, message);
  }

  private static Notice of(HasMetadata object, boolean warning, String reason, String message) {
    return new Notice(object.getApiVersion(), object.getKind(),
        new ResourceKey(object.getMetadata().getNamespace(), object.getMetadata().getName()),
        object.getMetadata().getUid(), warning, reason, message);
  }
}
