package io.snapstash.domain.validation;

import io.snapstash.api.BackendReference;
import io.snapstash.api.BackupBlueprintSpec;
import io.snapstash.api.BackupStorage;
import io.snapstash.api.BackupStorageSpec;
import io.snapstash.api.ObjectReference;
import io.snapstash.api.RetentionPolicy;
import io.snapstash.domain.Absent;
import io.snapstash.domain.validation.Violation.Rule;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** What a storage, policy or blueprint may not be next to the objects that exist (behaviour 12.1, 12.2, 12.8). */
public final class NeighbourRules {
  private NeighbourRules() {}

  /** One default per namespace, and no two storages in the same place. */
  public static List<Violation> storage(
      ObjectReference self, BackupStorageSpec spec, Collection<BackupStorage> existing) {
    Violations found = new Violations();
    List<BackupStorage> others = existing.stream().filter(other -> other.getSpec() != null
        && other.getMetadata().getDeletionTimestamp() == null
        && !self.equals(reference(other.getMetadata().getNamespace(), other.getMetadata().getName()))).toList();
    if (Boolean.TRUE.equals(spec.isDefault())) {
      others.stream().filter(other -> Boolean.TRUE.equals(other.getSpec().isDefault())
          && self.namespace().equals(other.getMetadata().getNamespace())).findFirst()
          .ifPresent(other -> secondDefault(found, "BackupStorage " + other.getMetadata().getName()));
    }
    StoragePlace.of(spec.storage()).ifPresent(place -> others.stream()
        .filter(other -> StoragePlace.of(other.getSpec().storage()).filter(place::equals).isPresent()).findFirst()
        .ifPresent(other -> found.add("spec.storage", Rule.CONFLICT, "", "BackupStorage "
            + other.getMetadata().getNamespace() + "/" + other.getMetadata().getName()
            + " keeps its files there already; choose another prefix, or refer to that one")));
    return found.items();
  }

  /** One default per namespace. */
  public static List<Violation> policy(
      ObjectReference self, boolean isDefault, Collection<RetentionPolicy> existing) {
    Violations found = new Violations();
    if (isDefault) {
      existing.stream().filter(other -> other.getSpec() != null && other.getMetadata().getDeletionTimestamp() == null
          && Boolean.TRUE.equals(other.getSpec().isDefault())
          && self.namespace().equals(other.getMetadata().getNamespace())
          && !self.name().equals(other.getMetadata().getName())).findFirst()
          .ifPresent(other -> secondDefault(found, "RetentionPolicy " + other.getMetadata().getName()));
    }
    return found.items();
  }

  /** The storages of the template must allow the namespace of the blueprint. */
  public static List<Violation> blueprint(String namespace, BackupBlueprintSpec spec, UsageQuestion usage) {
    Violations found = new Violations();
    List<BackendReference> backends = spec.backupConfigurationTemplate() == null ? List.of()
        : Absent.list(spec.backupConfigurationTemplate().backends()).stream().filter(Objects::nonNull).toList();
    for (int i = 0; i < backends.size(); i++) {
      SharedRules.usage(found, "spec.backupConfigurationTemplate.backends[" + i + "].storageRef",
          UsageQuestion.Kind.BACKUP_STORAGE, backends.get(i).storageRef(), namespace, usage);
    }
    return found.items();
  }

  private static void secondDefault(Violations found, String other) {
    found.add("spec.default", Rule.CONFLICT, "true",
        other + " is the default of this namespace already; set default: false there first, or here");
  }

  private static ObjectReference reference(String namespace, String name) {
    return new ObjectReference(namespace, name);
  }
}
