package io.snapstash.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Optional;

/**
 * How an object that already bears the wanted name shows that it is ours (behaviour 1.12): names may collide after
 * shortening, and a label that was cut proves nothing.
 */
public sealed interface Proof {
  /** Its controller is the object with that uid. */
  record ControlledBy(String uid) implements Proof {}

  /** It carries that annotation. */
  record Annotated(String key, String value) implements Proof {}

  /** Shared by many and made by whoever comes first. */
  record Any() implements Proof {}

  default boolean accepts(HasMetadata object) {
    return switch (this) {
      case ControlledBy(String uid) -> object.getMetadata().getOwnerReferences().stream()
          .anyMatch(owner -> Boolean.TRUE.equals(owner.getController()) && uid.equals(owner.getUid()));
      case Annotated(String key, String value) ->
          value.equals(Optional.ofNullable(object.getMetadata().getAnnotations()).orElse(Map.of()).get(key));
      case Any() -> true;
    };
  }
}
