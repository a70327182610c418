package io.snapstash.storage;

import io.snapstash.api.AzureBackend;
import io.snapstash.api.AzureBackendBuilder;
import io.snapstash.api.BackupStorageSpec;
import io.snapstash.api.BackupStorageSpecBuilder;
import io.snapstash.api.GcsBackend;
import io.snapstash.api.GcsBackendBuilder;
import io.snapstash.api.S3Backend;
import io.snapstash.api.S3BackendBuilder;
import io.snapstash.api.StorageBackendBuilder;
import io.snapstash.engine.ResourceKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** BackupStorages and Secrets as tests need them. */
final class Storages {
  static final String ACCESS_KEY = "sandbox-access";
  static final String SECRET_KEY = "sandbox-secret-key";
  static final String BUCKET = "backups";
  static final String ACCOUNT = "demoaccount";
  static final ResourceKey NAME = new ResourceKey("demo", "s3-storage");
  static final StoreLimits IMPATIENT =
      new StoreLimits(Duration.ofSeconds(2), Duration.ofMillis(400), Duration.ofSeconds(2), 2);
  /** For servers that answer at once: two attempts, and time even on a busy machine. */
  static final StoreLimits TWICE =
      new StoreLimits(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30), 2);

  private Storages() {}

  static BackupStorageSpec s3(String endpoint, UnaryOperator<S3BackendBuilder> change) {
    S3Backend s3 = change.apply(S3BackendBuilder.builder().endpoint(endpoint).bucket(BUCKET).prefix("demo")
        .secretName("s3-secret")).build();
    return BackupStorageSpecBuilder.builder()
        .storage(StorageBackendBuilder.builder().provider("s3").s3(s3).build()).build();
  }

  static BackupStorageSpec gcs(UnaryOperator<GcsBackendBuilder> change) {
    GcsBackend gcs = change.apply(GcsBackendBuilder.builder().bucket(BUCKET).prefix("demo")
        .secretName("gcs-secret")).build();
    return BackupStorageSpecBuilder.builder()
        .storage(StorageBackendBuilder.builder().provider("gcs").gcs(gcs).build()).build();
  }

  static BackupStorageSpec azure(UnaryOperator<AzureBackendBuilder> change) {
    AzureBackend azure = change.apply(AzureBackendBuilder.builder().storageAccount(ACCOUNT).container(BUCKET)
        .prefix("demo").secretName("azure-secret")).build();
    return BackupStorageSpecBuilder.builder()
        .storage(StorageBackendBuilder.builder().provider("azure").azure(azure).build()).build();
  }

  static Map<String, byte[]> secret(String... more) {
    Map<String, byte[]> data = new HashMap<>();
    put(data, "AWS_ACCESS_KEY_ID", ACCESS_KEY);
    put(data, "AWS_SECRET_ACCESS_KEY", SECRET_KEY);
    for (int i = 0; i < more.length; i += 2) {
      put(data, more[i], more[i + 1]);
    }
    return data;
  }

  private static void put(Map<String, byte[]> data, String key, String value) {
    data.put(key, value.getBytes(StandardCharsets.UTF_8));
  }

  static StoreFactory factory(StoreLimits limits) {
    return factory(limits, Map.of(), StoreEndpoints.PUBLIC);
  }

  static StoreFactory factory(StoreLimits limits, Map<String, String> environment, StoreEndpoints endpoints) {
    return new StoreFactory(limits, environment, LocalFolders.none(), endpoints);
  }

  static ObjectStore open(StoreLimits limits, BackupStorageSpec spec, Map<String, byte[]> secret) {
    return factory(limits).open(NAME, spec, Optional.of(secret));
  }
}
