package io.snapstash.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.engine.ResourceKey;

/**
 * What a Kubernetes event says about an object. Reasons are CamelCase words; messages are for people.
 *
 * @param series what, with object and reason, makes two notices the same thing happening again: the message, unless
 *     that tells of each time in other words
 * @param occurrence names the one time that is meant, so that telling it twice counts once; empty for a state of
 *     things, which is told now and then as long as it lasts
 */
public record Notice(String apiVersion, String kind, ResourceKey about, String uid, boolean warning, String reason,
    String message, String series, String occurrence) {
  public Notice(String apiVersion, String kind, ResourceKey about, String uid, boolean warning, String reason,
      String message) {
    this(apiVersion, kind, about, uid, warning, reason, message, message, "");
  }

  public static Notice warning(HasMetadata object, String reason, String message) {
    return of(object, true, reason, message);
  }

  public static Notice normal(HasMetadata object, String reason, String message) {
    return of(object, false, reason, message);
  }

  /** One event for all times that this happens, with a count and the newest message. */
  public Notice counted(String series, String occurrence) {
    return new Notice(apiVersion, kind, about, uid, warning, reason, message, series, occurrence);
  }

  private static Notice of(HasMetadata object, boolean warning, String reason, String message) {
    return new Notice(object.getApiVersion(), object.getKind(),
        new ResourceKey(object.getMetadata().getNamespace(), object.getMetadata().getName()),
        object.getMetadata().getUid(), warning, reason, message);
  }
}
