package io.snapstash.controller;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.api.ObjectReference;
import io.snapstash.api.Repository;
import io.snapstash.engine.ResourceKey;

/** References without a namespace mean that of the referring object (behaviour 4.5). */
public final class References {
  private References() {}

  public static ResourceKey resolve(ObjectReference reference, HasMetadata from) {
    return reference == null ? new ResourceKey("", "") : new ResourceKey(
        reference.namespace() == null || reference.namespace().isEmpty()
            ? from.getMetadata().getNamespace() : reference.namespace(),
        reference.name());
  }

  public static ResourceKey storageOf(Repository repository) {
    return resolve(repository.getSpec() == null ? null : repository.getSpec().storageRef(), repository);
  }
}
