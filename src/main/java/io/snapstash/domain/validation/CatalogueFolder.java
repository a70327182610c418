package io.snapstash.domain.validation;

import io.snapstash.api.BackendReference;
import io.snapstash.api.BackupConfigurationSpec;
import io.snapstash.api.ObjectReference;
import io.snapstash.api.Repository;
import io.snapstash.api.RepositoryInfo;
import io.snapstash.api.RepositorySpec;
import io.snapstash.domain.Absent;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a Repository has its catalogue: a path in a BackupStorage. Two in one folder would overwrite each other's files
 * (behaviour 12.4). Folders differ by their names, not by the slashes around and between them.
 *
 * @param storage with its namespace
 */
public record CatalogueFolder(ObjectReference storage, String path) {
  private static final Pattern SLASHES = Pattern.compile("/+");

  /** Empty for an object that names no storage. */
  public static Optional<CatalogueFolder> of(Repository repository) {
    RepositorySpec spec = repository.getSpec();
    return spec == null || spec.storageRef() == null ? Optional.empty() : Optional.of(new CatalogueFolder(
        References.resolve(spec.storageRef(), repository.getMetadata().getNamespace()), clean(spec.path())));
  }

  /** Empty as long as it is not said which storage, or where in it. */
  public static Optional<CatalogueFolder> of(
      RepositoryInfo repository, BackupConfigurationSpec configuration, String namespace) {
    String path = clean(repository.directory());
    return path.isEmpty() ? Optional.empty() : storage(repository, configuration, namespace)
        .map(storage -> new CatalogueFolder(storage, path));
  }

  /** The storage that a repository of a BackupConfiguration is on, by the name of its backend. */
  static Optional<ObjectReference> storage(
      RepositoryInfo repository, BackupConfigurationSpec configuration, String namespace) {
    return Absent.list(configuration.backends()).stream()
        .filter(item -> Absent.text(item.name()).equals(Absent.text(repository.backend())))
        .map(BackendReference::storageRef)
        .filter(reference -> reference != null)
        .map(reference -> References.resolve(reference, namespace))
        .findFirst();
  }

  private static String clean(String path) {
    String text = Absent.text(path);
    String single = text.contains("//") ? SLASHES.matcher(text).replaceAll("/") : text;
    int from = single.startsWith("/") ? 1 : 0;
    return single.length() <= from ? "" : single.substring(from, single.length() - (single.endsWith("/") ? 1 : 0));
  }
}
