package io.snapstash.storage;

import io.snapstash.api.LocalBackend;
import io.snapstash.engine.ResourceKey;
import java.nio.file.Path;
import java.util.Optional;

/** Where this process sees the volume of a {@code local} BackupStorage, if it does (storage-layout 5.1). */
@FunctionalInterface
public interface LocalFolders {
  Optional<Path> of(ResourceKey storage, LocalBackend spec);

  /** The operator's case: it cannot reach such volumes. */
  static LocalFolders none() {
    return (_, _) -> Optional.empty();
  }
}
