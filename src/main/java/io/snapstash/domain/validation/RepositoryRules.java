package io.snapstash.domain.validation;

import io.snapstash.api.BackupConfigurationSpec;
import io.snapstash.api.ObjectReference;
import io.snapstash.api.Repository;
import io.snapstash.api.RepositoryInfo;
import io.snapstash.api.RepositorySpec;
import io.snapstash.api.Session;
import io.snapstash.domain.Absent;
import io.snapstash.domain.target.Target;
import io.snapstash.domain.validation.Violation.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The repositories of a BackupConfiguration against each other and against those that exist (behaviour 12.4): two
 * repositories in one folder of one storage would overwrite each other's catalogue.
 */
final class RepositoryRules {
  private final Violations found;
  private final String namespace;
  private final BackupConfigurationSpec spec;
  private final Map<String, ObjectReference> storages;
  private final Map<String, Repository> named = new HashMap<>();
  private final Map<CatalogueFolder, List<Repository>> folders = new HashMap<>();
  private final Map<CatalogueFolder, String> ours = new HashMap<>();

  RepositoryRules(
      Violations found, String namespace, BackupConfigurationSpec spec, List<Repository> existing) {
    this.found = found;
    this.namespace = namespace;
    this.spec = spec;
    this.storages = CatalogueFolder.storages(spec, namespace);
    for (Repository other : existing) {
      if (namespace.equals(other.getMetadata().getNamespace())) {
        named.put(other.getMetadata().getName(), other);
      }
      CatalogueFolder.of(other).ifPresent(folder -> folders.computeIfAbsent(folder, _ -> new ArrayList<>()).add(other));
    }
  }

  void check() {
    List<Session> sessions = Absent.list(spec.sessions());
    for (int i = 0; i < sessions.size(); i++) {
      List<RepositoryInfo> repositories = Absent.list(sessions.get(i).repositories());
      for (int j = 0; j < repositories.size(); j++) {
        repository("spec.sessions[" + i + "].repositories[" + j + "]", repositories.get(j));
      }
    }
  }

  private void repository(String field, RepositoryInfo repository) {
    String name = Absent.text(repository.name());
    if (named.containsKey(name)) {
      sameIdentity(field, named.get(name), Optional.ofNullable(storages.get(Absent.text(repository.backend()))));
    }
    CatalogueFolder.of(repository, storages).ifPresent(folder -> folder(field, repository, folder));
  }

  private void folder(String field, RepositoryInfo repository, CatalogueFolder folder) {
    String name = Absent.text(repository.name());
    String before = ours.putIfAbsent(folder, name);
    if (before != null && !before.equals(name)) {
      found.add(field + ".directory", Rule.CONFLICT, repository.directory(),
          "is the directory of repository " + before + " too");
    }
    for (Repository other : folders.getOrDefault(folder, List.of())) {
      if (!isNamed(other, name)) {
        found.add(field + ".directory", Rule.CONFLICT, repository.directory(), "is the directory of Repository "
            + other.getMetadata().getNamespace() + "/" + other.getMetadata().getName() + " on the same storage");
      }
    }
  }

  private void sameIdentity(String field, Repository other, Optional<ObjectReference> storage) {
    RepositorySpec there = other.getSpec();
    if (there == null) {
      return;
    }
    if (spec.target() != null && there.appRef() != null
        && !Target.of(there.appRef(), namespace).equals(Target.of(spec.target(), namespace))) {
      found.add(field + ".name", Rule.CONFLICT, other.getMetadata().getName(),
          "the existing Repository belongs to " + Target.of(there.appRef(), namespace));
    }
    if (storage.isPresent() && there.storageRef() != null
        && !References.resolve(there.storageRef(), namespace).equals(storage.get())) {
      found.add(field + ".name", Rule.CONFLICT, other.getMetadata().getName(), "the existing Repository is on storage "
          + References.shown(References.resolve(there.storageRef(), namespace)));
    }
  }

  private boolean isNamed(Repository other, String name) {
    return namespace.equals(other.getMetadata().getNamespace()) && name.equals(other.getMetadata().getName());
  }
}
