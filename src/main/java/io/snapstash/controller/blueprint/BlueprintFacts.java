package io.snapstash.controller.blueprint;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.snapstash.api.BackupBlueprint;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.controller.Metadata;
import io.snapstash.domain.blueprint.BlueprintRequest;
import io.snapstash.domain.target.Target;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.ObjectMetadata;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * All that the rules look at for one object that is, or was, annotated with a blueprint.
 *
 * @param apiVersion of the target's kind
 * @param object its metadata; empty if it does not exist or is being deleted
 * @param blueprint the one that it names; empty if there is none or it is being deleted
 * @param generated the BackupConfigurations that were made for it
 * @param configuration finds any BackupConfiguration
 * @param namespace finds labels and annotations of a Namespace
 */
record BlueprintFacts(Target target, String apiVersion, Optional<ObjectMetadata> object,
    Optional<BackupBlueprint> blueprint, List<BackupConfiguration> generated,
    Function<ResourceKey, Optional<BackupConfiguration>> configuration,
    Function<String, Optional<ObjectMetadata>> namespace) {
  BlueprintFacts {
    generated = List.copyOf(generated);
  }

  /** Empty for one that is made by another object, which passes its annotations on to it. */
  Optional<BlueprintRequest> request() {
    return object.filter(found -> found.getMetadata().getOwnerReferences().stream()
            .noneMatch(BlueprintFacts::passesAnnotationsOn))
        .flatMap(found -> BlueprintRequest.of(Metadata.annotations(found)));
  }

  private static boolean passesAnnotationsOn(OwnerReference owner) {
    return Boolean.TRUE.equals(owner.getController()) && "Deployment".equals(owner.getKind());
  }
}
