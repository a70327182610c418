package io.snapstash.controller;

import io.snapstash.api.BackupConfigurationSpec;
import io.snapstash.api.ObjectReference;
import io.snapstash.api.Repository;
import io.snapstash.domain.Absent;
import io.snapstash.domain.validation.CatalogueFolder;
import io.snapstash.engine.ResourceKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Of all Repositories of a cluster, those that a BackupConfiguration names, or whose folder it asks for. */
public final class RelatedRepositories {
  private RelatedRepositories() {}

  /** Each once. */
  public static List<Repository> of(Caches caches, String namespace, BackupConfigurationSpec spec) {
    Map<ResourceKey, Repository> found = new LinkedHashMap<>();
    Map<String, ObjectReference> storages = CatalogueFolder.storages(spec, namespace);
    Absent.list(spec.sessions()).stream().flatMap(session -> Absent.list(session.repositories()).stream())
        .forEach(info -> {
          caches.repositories.get(new ResourceKey(namespace, Absent.text(info.name())))
              .ifPresent(repository -> found.put(Metadata.key(repository), repository));
          CatalogueFolder.of(info, storages)
              .ifPresent(folder -> caches.repositoriesByFolder.get(folder.toString())
                  .forEach(repository -> found.put(Metadata.key(repository), repository)));
        });
    return List.copyOf(found.values());
  }
}
