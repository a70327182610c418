package io.snapstash.controller;

import io.snapstash.api.BackupStorage;
import io.snapstash.api.Conditions;
import io.snapstash.api.Repository;
import io.snapstash.domain.phase.ConditionSet;
import io.snapstash.domain.validation.Consent;
import io.snapstash.domain.validation.UsageRules;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.ObjectMetadata;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a Repository may have its folder in a storage (behaviour 4.3, 6.16). Whoever may write Repositories in one
 * namespace could else name the storage of another one, or the application whose folder it claims; so this is asked
 * before every use, not only when a BackupConfiguration makes the Repository.
 */
public final class StorageUse {
  private StorageUse() {}

  /** Why not; empty if it may. */
  public static Optional<String> refusal(Caches caches, Repository repository, BackupStorage storage) {
    String user = repository.getMetadata().getNamespace();
    String owner = storage.getMetadata().getNamespace();
    Map<String, String> labels = namespace(caches, user).map(Metadata::labels).orElse(Map.of());
    if (!UsageRules.allows(storage.getSpec().usagePolicy(), owner, user, labels)) {
      return Optional.of("the usagePolicy of BackupStorage " + Metadata.key(storage) + " does not allow namespace "
          + user);
    }
    String application = Optional.ofNullable(repository.getSpec().appRef()).map(app -> app.namespace())
        .filter(name -> !name.isEmpty()).orElse(user);
    return application.equals(user) ? Optional.empty() : namespace(caches, application)
        .map(found -> Consent.given(user, application, Metadata.annotations(found)) ? ""
            : Consent.missing(user, application))
        .or(() -> Optional.of(isInitialised(repository) ? "" : Consent.unknown(application)))
        .filter(message -> !message.isEmpty());
  }

  /** What a Repository has once stored outlives the namespace of its application. */
  private static boolean isInitialised(Repository repository) {
    return ConditionSet.of(repository.getStatus() == null ? null : repository.getStatus().conditions())
        .isTrue(Conditions.REPOSITORY_INITIALIZED);
  }

  private static Optional<ObjectMetadata> namespace(Caches caches, String name) {
    return caches.namespaces.get(ResourceKey.clusterScoped(name));
  }
}
