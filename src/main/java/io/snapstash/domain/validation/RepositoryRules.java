package io.snapstash.domain.validation;

import io.snapstash.api.BackendReference;
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
import java.util.regex.Pattern;

/**
 * The repositories of a BackupConfiguration against each other and against those that exist (behaviour 12.4): two
 * repositories in one folder of one storage would overwrite each other's catalogue.
 */
final class RepositoryRules {
  private static final Pattern SLASHES = Pattern.compile("/+");

  private final Violations found;
  private final String namespace;
  private final BackupConfigurationSpec spec;
  private final Map<String, Repository> named = new HashMap<>();
  private final Map<Folder, List<Repository>> folders = new HashMap<>();
  private final Map<Folder, String> ours = new HashMap<>();

  private record Folder(ObjectReference storage, String path) {}

  RepositoryRules(
      Violations found, String namespace, BackupConfigurationSpec spec, List<Repository> existing) {
    this.found = found;
    this.namespace = namespace;
    this.spec = spec;
    for (Repository other : existing) {
      if (namespace.equals(other.getMetadata().getNamespace())) {
        named.put(other.getMetadata().getName(), other);
      }
      folderOf(other).ifPresent(folder -> folders.computeIfAbsent(folder, _ -> new ArrayList<>()).add(other));
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
    Optional<ObjectReference> storage = storage(Absent.text(repository.backend()));
    String name = Absent.text(repository.name());
    if (named.containsKey(name)) {
      sameIdentity(field, named.get(name), storage);
    }
    String path = folder(repository.directory());
    if (storage.isEmpty() || path.isEmpty()) {
      return;
    }
    Folder folder = new Folder(storage.get(), path);
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

  private Optional<ObjectReference> storage(String backend) {
    return Absent.list(spec.backends()).stream()
        .filter(item -> Absent.text(item.name()).equals(backend))
        .map(BackendReference::storageRef)
        .filter(reference -> reference != null)
        .map(reference -> References.resolve(reference, namespace))
        .findFirst();
  }

  private boolean isNamed(Repository other, String name) {
    return namespace.equals(other.getMetadata().getNamespace()) && name.equals(other.getMetadata().getName());
  }

  private static Optional<Folder> folderOf(Repository other) {
    return Optional.ofNullable(other.getSpec()).filter(spec -> spec.storageRef() != null).map(spec ->
        new Folder(References.resolve(spec.storageRef(), other.getMetadata().getNamespace()), folder(spec.path())));
  }

  /** Folders differ by their names, not by the slashes around and between them. */
  private static String folder(String path) {
    String text = Absent.text(path);
    String single = text.contains("//") ? SLASHES.matcher(text).replaceAll("/") : text;
    int from = single.startsWith("/") ? 1 : 0;
    return single.length() <= from ? "" : single.substring(from, single.length() - (single.endsWith("/") ? 1 : 0));
  }
}
