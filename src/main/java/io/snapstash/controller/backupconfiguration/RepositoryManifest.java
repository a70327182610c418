package io.snapstash.controller.backupconfiguration;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.BackendReference;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.Json;
import io.snapstash.api.Labels;
import io.snapstash.api.RepositoryInfo;
import io.snapstash.controller.Effect;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Proof;
import io.snapstash.controller.References;
import io.snapstash.domain.naming.OffshootLabels;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.ResourceTypes;
import java.util.Objects;
import java.util.Optional;

/** The Repository that a session's entry asks for (behaviour 6.2). It has no owner: it outlives the configuration. */
final class RepositoryManifest {
  private RepositoryManifest() {}

  /** Empty while the BackupStorage is missing, on its way out, or does not allow this namespace. */
  static Optional<Effect> of(BackupConfigurationFacts facts, RepositoryInfo info) {
    BackupConfiguration configuration = facts.configuration();
    return backend(configuration, info)
        .map(backend -> References.resolve(backend.storageRef(), configuration))
        .filter(key -> Optional.ofNullable(facts.storages().get(key))
            .filter(storage -> !Metadata.isDeleting(storage))
            .filter(storage -> ConfigurationChecks.mayUse(facts, storage.getSpec().usagePolicy(), key.namespace()))
            .isPresent())
        .map(key -> new Effect.Create(ResourceTypes.REPOSITORIES, configuration.getMetadata().getNamespace(),
            manifest(facts, info, key), new Proof.Any()));
  }

  static Optional<BackendReference> backend(BackupConfiguration configuration, RepositoryInfo info) {
    String wanted = Objects.requireNonNullElse(info.backend(), "");
    return ConfigurationParts.backends(configuration).stream()
        .filter(backend -> wanted.equals(Objects.requireNonNullElse(backend.name(), ""))).findFirst();
  }

  private static ObjectNode manifest(BackupConfigurationFacts facts, RepositoryInfo info, ResourceKey storage) {
    ObjectNode repository = JsonNodeFactory.instance.objectNode()
        .put("apiVersion", "storage.kubestash.com/v1alpha1").put("kind", "Repository");
    ObjectNode metadata = repository.putObject("metadata");
    metadata.put("name", info.name()).put("namespace", facts.configuration().getMetadata().getNamespace());
    metadata.set("labels", Json.MAPPER.valueToTree(OffshootLabels.ofSnapshot(
        info.name(), facts.target().kind(), facts.target().name(), facts.target().namespace())));
    metadata.putArray("finalizers").add(Labels.FINALIZER);
    ObjectNode spec = repository.putObject("spec");
    spec.set("appRef", Json.MAPPER.valueToTree(facts.target()));
    spec.putObject("storageRef").put("namespace", storage.namespace()).put("name", storage.name());
    spec.put("path", info.directory());
    spec.put("deletionPolicy", "WipeOut".equals(info.deletionPolicy()) ? "WipeOut" : "Delete");
    if (info.encryptionSecret() != null) {
      spec.set("encryptionSecret", Json.MAPPER.valueToTree(info.encryptionSecret()));
    }
    return repository;
  }
}
