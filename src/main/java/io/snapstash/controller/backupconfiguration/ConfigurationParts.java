package io.snapstash.controller.backupconfiguration;

import io.snapstash.api.BackendReference;
import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.BackupConfigurationStatus;
import io.snapstash.api.BackupConfigurationStatusBuilder;
import io.snapstash.api.RepositoryInfo;
import io.snapstash.api.Session;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The parts of a BackupConfiguration; absent ones are empty. */
final class ConfigurationParts {
  private ConfigurationParts() {}

  static BackupConfigurationStatus status(BackupConfiguration configuration) {
    return Optional.ofNullable(configuration.getStatus())
        .orElseGet(() -> BackupConfigurationStatusBuilder.builder().build());
  }

  static List<BackendReference> backends(BackupConfiguration configuration) {
    return Optional.ofNullable(configuration.getSpec()).map(spec -> spec.backends()).orElse(List.of()).stream()
        .filter(Objects::nonNull).toList();
  }

  static List<Session> sessions(BackupConfiguration configuration) {
    return Optional.ofNullable(configuration.getSpec()).map(spec -> spec.sessions()).orElse(List.of()).stream()
        .filter(Objects::nonNull).toList();
  }

  static List<RepositoryInfo> repositories(Session session) {
    return Optional.ofNullable(session.repositories()).orElse(List.of());
  }
}
