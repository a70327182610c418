package io.snapstash.domain.feature;

import io.snapstash.api.BackupBatchSpec;
import io.snapstash.api.BackupConfigurationSpec;
import io.snapstash.api.RepositoryInfo;
import io.snapstash.api.RestoreSessionSpec;
import io.snapstash.api.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parts of an object that are accepted and have no effect yet; empty for an object that is acted on whole. */
public final class UnavailableFeatures {
  private UnavailableFeatures() {}

  public static List<String> of(BackupConfigurationSpec spec) {
    List<String> parts = new ArrayList<>();
    for (Session session : Optional.ofNullable(spec.sessions()).orElse(List.of())) {
      String at = "spec.sessions[" + session.name() + "].";
      for (RepositoryInfo repository : Optional.ofNullable(session.repositories()).orElse(List.of())) {
        if (repository.backupVerifier() != null) {
          parts.add(at + "repositories[" + repository.name() + "].backupVerifier");
        }
      }
    }
    return List.copyOf(parts);
  }

  public static List<String> of(RestoreSessionSpec spec) {
    List<String> parts = new ArrayList<>();
    if (spec.manifestOptions() != null) {
      parts.add("spec.manifestOptions");
    }
    return List.copyOf(parts);
  }

  /** A batch is not run at all. */
  public static List<String> of(BackupBatchSpec spec) {
    return spec == null ? List.of() : List.of("BackupBatch as a whole");
  }
}
