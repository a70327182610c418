package io.snapstash.domain.validation;

import io.snapstash.api.StorageBackend;
import io.snapstash.domain.Absent;
import java.util.Optional;

/** Where a BackupStorage keeps its files, as far as two may not be in the same place (behaviour 12.1). */
record StoragePlace(String text) {

  /** Empty for local storage, which is never compared, and for what names no place. */
  static Optional<StoragePlace> of(StorageBackend backend) {
    return switch (backend == null ? "" : Absent.text(backend.provider())) {
      case "s3" -> Optional.ofNullable(backend.s3())
          .map(s3 -> place("s3", s3.endpoint(), s3.region(), s3.bucket(), s3.prefix()));
      case "gcs" -> Optional.ofNullable(backend.gcs()).map(gcs -> place("gcs", gcs.bucket(), gcs.prefix()));
      case "azure" -> Optional.ofNullable(backend.azure())
          .map(azure -> place("azure", azure.storageAccount(), azure.container(), azure.prefix()));
      default -> Optional.empty();
    };
  }

  private static StoragePlace place(String provider, String... parts) {
    StringBuilder text = new StringBuilder(provider);
    for (String part : parts) {
      text.append('\n').append(Absent.text(part).replaceAll("^/+|/+$", ""));
    }
    return new StoragePlace(text.toString());
  }
}
