package io.snapstash.controller.backupstorage;

import io.snapstash.api.BackupStorage;
import io.snapstash.api.LocalBackend;
import io.snapstash.api.StorageBackend;
import io.snapstash.domain.template.StorageMount;
import io.snapstash.storage.ObjectKeys;
import io.snapstash.storage.StoreFailure;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a BackupStorage keeps its files. Two may name the same bucket; admission is to refuse equal places (behaviour
 * 12.1), yet a wipe must not rely on that, and one place may lie inside another.
 *
 * @param bucket provider, server and bucket as one text
 */
record Place(String bucket, String prefix) {

  /** Empty for local volumes, which are never compared, and for specs that name no place or an impossible one. */
  static Optional<Place> of(BackupStorage storage) {
    try {
      return named(storage.getSpec() == null ? null : storage.getSpec().storage());
    } catch (StoreFailure impossible) {
      return Optional.empty();
    }
  }

  private static Optional<Place> named(StorageBackend backend) {
    return backend == null || backend.provider() == null ? Optional.empty() : switch (backend.provider()) {
      case "s3" -> Optional.ofNullable(backend.s3()).map(s3 ->
          place("s3", s3.endpoint(), s3.bucket(), s3.prefix()));
      case "gcs" -> Optional.ofNullable(backend.gcs()).map(gcs -> place("gcs", "", gcs.bucket(), gcs.prefix()));
      case "azure" -> Optional.ofNullable(backend.azure()).map(azure ->
          place("azure", azure.storageAccount(), azure.container(), azure.prefix()));
      default -> Optional.empty();
    };
  }

  private static Place place(String provider, String server, String bucket, String prefix) {
    return new Place(provider + " " + trimmed(server) + " " + trimmed(bucket),
        ObjectKeys.join(Objects.requireNonNullElse(prefix, "")));
  }

  private static String trimmed(String text) {
    return Objects.requireNonNullElse(text, "").replaceAll("/+$", "");
  }

  /** For people, and to see whether a storage has moved. */
  static String describe(BackupStorage storage) {
    return of(storage).map(place -> place.bucket.replaceAll(" +", " ")
        + (place.prefix.isEmpty() ? "" : " under " + place.prefix)).orElseGet(() -> volume(storage));
  }

  private static String volume(BackupStorage storage) {
    LocalBackend local = storage.getSpec() == null || storage.getSpec().storage() == null ? null
        : storage.getSpec().storage().local();
    return StorageMount.objection(local).isPresent() ? "the volume of this BackupStorage"
        : "the volume " + StorageMount.of(local).describe();
  }

  /** Whether files of the one may lie among those of the other. */
  boolean overlaps(Place other) {
    return bucket.equals(other.bucket) && (contains(other) || other.contains(this));
  }

  private boolean contains(Place other) {
    return prefix.isEmpty() || other.prefix.equals(prefix) || other.prefix.startsWith(prefix + "/");
  }
}
