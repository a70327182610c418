package io.snapstash.storage;

import io.snapstash.api.Repository;
import io.snapstash.api.StoredRepository;
import io.snapstash.engine.ResourceKey;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Predicate;

/**
 * Removal of stored data for the policy WipeOut (storage-layout 7). Only what the catalogue calls its own goes: never
 * foreign keys of a shared bucket, never the folder of another Repository that lies inside or in the same place.
 * May be repeated; what is missing already is success.
 */
public final class Wipe {
  private static final Predicate<String> OWN_AT_ROOT = key -> key.equals(Catalogue.REPOSITORY)
      || key.startsWith("snapshots/") || key.startsWith("repository/");

  private final ObjectStore store;
  private final Catalogue catalogue;

  public Wipe(Catalogue catalogue) {
    this.store = catalogue.store();
    this.catalogue = catalogue;
  }

  /**
   * Everything under the path of the Repository, then its entry in metadata.yaml. A folder whose repository.yaml is of
   * another application was never this Repository's, and one that neither file gives to it is left alone as well.
   */
  public Future<Void> repository(Repository repository) {
    ResourceKey key = new ResourceKey(repository.getMetadata().getNamespace(), repository.getMetadata().getName());
    String folder = ObjectKeys.join(Catalogue.pathOf(repository));
    return catalogue.readMeta().compose(meta -> {
      List<StoredRepository> listed = meta.map(BackendMeta::repositories).orElse(List.of());
      boolean claimed = listed.stream()
          .anyMatch(entry -> BackendMeta.keyOf(entry).equals(key) && folderOf(entry).equals(folder));
      List<String> others = listed.stream().filter(entry -> !BackendMeta.keyOf(entry).equals(key))
          .map(Wipe::folderOf).toList();
      return catalogue.readRepository(folder)
          .map(stored -> stored.map(file -> Catalogue.isSameApplication(repository, file)).orElse(claimed))
          .compose(own -> own ? folder(folder, others) : Future.succeededFuture())
          .compose(_ -> meta.isPresent() ? catalogue.unregister(key).mapEmpty() : Future.succeededFuture());
    });
  }

  /** Everything the storage holds, metadata.yaml last, so that an interrupted wipe knows where to go on. */
  public Future<Void> storage() {
    Future<?> data = store.prefix().isEmpty() ? listedFolders()
        : store.deleteFolder("", key -> !key.equals(Catalogue.METADATA));
    return data.compose(_ -> store.delete(Catalogue.METADATA));
  }

  /** Without a prefix the bucket may be shared: only what metadata.yaml lists is ours (7.2). */
  private Future<Void> listedFolders() {
    return catalogue.readMeta().compose(meta -> {
      Future<Void> done = Future.succeededFuture();
      for (StoredRepository entry : meta.map(BackendMeta::repositories).orElse(List.of())) {
        done = done.compose(_ -> folder(folderOf(entry), List.of()));
      }
      return done;
    });
  }

  private Future<Void> folder(String folder, List<String> others) {
    if (others.contains(folder)) {
      return Future.succeededFuture();
    }
    Predicate<String> own = folder.isEmpty() ? OWN_AT_ROOT : _ -> true;
    Predicate<String> foreign = key -> others.stream()
        .anyMatch(other -> other.length() > folder.length() && key.startsWith(ObjectKeys.inside(other)));
    return store.deleteFolder(folder, own.and(foreign.negate())).mapEmpty();
  }

  private static String folderOf(StoredRepository entry) {
    return ObjectKeys.join(entry.path());
  }
}
