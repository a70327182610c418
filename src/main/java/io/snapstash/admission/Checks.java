package io.snapstash.admission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.BackupBlueprintSpec;
import io.snapstash.api.BackupConfigurationSpec;
import io.snapstash.api.BackupStorageSpec;
import io.snapstash.api.HookTemplateSpec;
import io.snapstash.api.Json;
import io.snapstash.api.ObjectReference;
import io.snapstash.api.RepositorySpec;
import io.snapstash.api.RestoreSessionSpec;
import io.snapstash.api.RetentionPolicySpec;
import io.snapstash.domain.validation.BackupConfigurationRules;
import io.snapstash.domain.validation.LocalRules;
import io.snapstash.domain.validation.NeighbourRules;
import io.snapstash.domain.validation.RestoreSessionRules;
import io.snapstash.domain.validation.Violation;
import java.util.ArrayList;
import java.util.List;

/** The rules of behaviour 12 by kind: the code that the reconciler runs as well. */
final class Checks {
  private final Surroundings around;

  Checks(Surroundings around) {
    this.around = around;
  }

  /** Kinds without rules, and kinds whose rules the schema holds already, pass. */
  List<Violation> violations(String kind, ObjectReference self, JsonNode object, JsonNode before)
      throws JsonProcessingException {
    JsonNode spec = object.path("spec").isObject() ? object.path("spec") : Json.MAPPER.createObjectNode();
    JsonNode old = before.path("spec");
    String namespace = self.namespace();
    return switch (kind) {
      case "backupstorage" -> storage(self, read(spec, BackupStorageSpec.class), old, before);
      case "retentionpolicy" -> {
        RetentionPolicySpec policy = read(spec, RetentionPolicySpec.class);
        yield both(LocalRules.check(policy),
            NeighbourRules.policy(self, Boolean.TRUE.equals(policy.isDefault()), around.policies()));
      }
      case "repository" -> !old.isObject() ? List.of()
          : LocalRules.checkUpdate(read(old, RepositorySpec.class), read(spec, RepositorySpec.class));
      case "hooktemplate" -> LocalRules.check(read(spec, HookTemplateSpec.class));
      case "backupblueprint" -> {
        BackupBlueprintSpec blueprint = read(spec, BackupBlueprintSpec.class);
        yield both(LocalRules.check(blueprint),
            NeighbourRules.blueprint(namespace, blueprint, around.usage(namespace)));
      }
      case "backupconfiguration" -> {
        BackupConfigurationSpec whole =
            around.defaults(namespace).fill(read(spec, BackupConfigurationSpec.class));
        yield BackupConfigurationRules.check(
            namespace, whole, around.repositories(namespace, whole), around.usage(namespace));
      }
      case "restoresession" ->
          RestoreSessionRules.check(namespace, read(spec, RestoreSessionSpec.class), around.usage(namespace));
      default -> List.of();
    };
  }

  private List<Violation> storage(ObjectReference self, BackupStorageSpec spec, JsonNode old, JsonNode before)
      throws JsonProcessingException {
    List<Violation> found = both(LocalRules.check(spec), NeighbourRules.storage(self, spec, around.storages()));
    return !old.isObject() ? found : both(found, LocalRules.checkUpdate(read(old, BackupStorageSpec.class), spec,
        !before.path("status").path("repositories").isEmpty()));
  }

  private static List<Violation> both(List<Violation> one, List<Violation> other) {
    List<Violation> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }

  private static <T> T read(JsonNode spec, Class<T> type) throws JsonProcessingException {
    return Json.MAPPER.treeToValue(spec, type);
  }
}
