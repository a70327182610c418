package io.snapstash.controller.backupconfiguration;

import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.Repository;
import io.snapstash.api.UsagePolicy;
import io.snapstash.domain.template.TaskResolution;
import io.snapstash.domain.template.TaskResolver;
import io.snapstash.domain.validation.BackupConfigurationRules;
import io.snapstash.domain.validation.Consent;
import io.snapstash.domain.validation.UsageRules;
import io.snapstash.domain.validation.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The questions that the rules ask of a BackupConfiguration and its surroundings. */
final class ConfigurationChecks {
  private static final BackupConfigurationFacts.NamespaceFacts NONE =
      new BackupConfigurationFacts.NamespaceFacts(Map.of(), Map.of());

  private ConfigurationChecks() {}

  /**
   * What has to be changed before anything is done for the object (behaviour 12.4, 6.16). A usage policy that forbids
   * is told at the backend that it concerns (4.6).
   */
  static List<String> violations(BackupConfigurationFacts facts) {
    BackupConfiguration configuration = facts.configuration();
    if (configuration.getSpec() == null || facts.target().name().isEmpty() || facts.target().kind().isEmpty()) {
      return List.of("spec.target: required; name the application to back up");
    }
    List<String> violations = new ArrayList<>();
    List<Repository> living = facts.repositories().stream().filter(each -> each.getSpec() != null).toList();
    List<Violation> found = BackupConfigurationRules.check(configuration.getMetadata().getNamespace(),
        configuration.getSpec(), living, facts.usage());
    if (!found.isEmpty()) {
      violations.add(Violation.summary(found));
    }
    String from = facts.configuration().getMetadata().getNamespace();
    String into = facts.target().namespace();
    if (!into.isEmpty() && !into.equals(from) && !facts.namespaces().containsKey(into)) {
      violations.add("spec.target.namespace: " + Consent.unknown(into));
    } else if (!into.isEmpty() && !Consent.given(from, into, facts.namespaces().getOrDefault(into, NONE).annotations())) {
      violations.add("spec.target.namespace: " + Consent.missing(from, into));
    }
    return violations;
  }

  static boolean mayUse(BackupConfigurationFacts facts, UsagePolicy policy, String owner) {
    String user = facts.configuration().getMetadata().getNamespace();
    return UsageRules.allows(policy, owner, user, facts.namespaces().getOrDefault(user, NONE).labels());
  }

  static Optional<Repository> repository(BackupConfigurationFacts facts, String name) {
    String namespace = facts.configuration().getMetadata().getNamespace();
    return facts.repositories().stream().filter(repository -> repository.getMetadata().getName().equals(name)
        && repository.getMetadata().getNamespace().equals(namespace)).findFirst();
  }

  /** Addons, tasks and Functions of every session. */
  static List<TaskResolution> tasks(BackupConfigurationFacts facts) {
    TaskResolver resolver = new TaskResolver(
        name -> Optional.ofNullable(facts.addons().get(name)).map(addon -> addon.getSpec()),
        name -> Optional.ofNullable(facts.functions().get(name)).map(function -> function.getSpec()));
    return ConfigurationParts.sessions(facts.configuration()).stream()
        .map(session -> resolver.resolve(session.addon(), TaskResolver.Direction.BACKUP)).toList();
  }
}
