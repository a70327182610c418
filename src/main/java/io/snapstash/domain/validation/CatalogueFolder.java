package io.snapstash.domain.validation;

import io.snapstash.api.BackupConfigurationSpec;
import io.snapstash.api.ObjectReference;
import io.snapstash.api.Repository;
import io.snapstash.api.RepositoryInfo;
import io.snapstash.api.RepositorySpec;
import io.snapstash.domain.Absent;
import java.util.HashMap;
import java.util.Map;
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

  /**
   * Empty as long as it is not said which storage, or where in it.
   *
   * @param storages those of the BackupConfiguration
   */
  public static Optional<CatalogueFolder> of(RepositoryInfo repository, Map<String, ObjectReference> storages) {
    ObjectReference storage = storages.get(Absent.text(repository.backend()));
    String path = clean(repository.directory());
    return storage == null || path.isEmpty() ? Optional.empty() : Optional.of(new CatalogueFolder(storage, path));
  }

  /** The storages of a BackupConfiguration by the names of its backends, with their namespaces. */
  public static Map<String, ObjectReference> storages(BackupConfigurationSpec configuration, String namespace) {
    Map<String, ObjectReference> storages = new HashMap<>();
    Absent.list(configuration.backends()).stream().filter(backend -> backend.storageRef() != null)
        .forEach(backend -> storages.putIfAbsent(Absent.text(backend.name()),
            References.resolve(backend.storageRef(), namespace)));
    return storages;
  }

  private static String clean(String path) {
    String text = Absent.text(path);
    String single = text.contains("//") ? SLASHES.matcher(text).replaceAll("/") : text;
    int from = single.startsWith("/") ? 1 : 0;
    return single.length() <= from ? "" : single.substring(from, single.length() - (single.endsWith("/") ? 1 : 0));
  }
}
