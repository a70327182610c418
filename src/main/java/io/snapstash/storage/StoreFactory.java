package io.snapstash.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.snapstash.api.AzureBackend;
import io.snapstash.api.BackupStorageSpec;
import io.snapstash.api.GcsBackend;
import io.snapstash.api.Json;
import io.snapstash.api.LocalBackend;
import io.snapstash.api.S3Backend;
import io.snapstash.api.StorageBackend;
import io.snapstash.engine.Fence;
import io.snapstash.engine.ResourceKey;
import io.snapstash.engine.Telemetry;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Opens the stores of BackupStorages and keeps them open while spec and Secret stay the same: with other content a
 * new store is made, and the old one is closed when its running calls have ended. Any thread may call.
 */
public final class StoreFactory {
  private static final int CONNECTIONS = 5;

  /** A store and a hash of what it was made from, so that no Secret is kept for comparing. */
  private record Entry(String fingerprint, ObjectStore store) {}

  private final StoreLimits limits;
  private final Map<String, String> environment;
  private final LocalFolders folders;
  private final StoreEndpoints endpoints;
  private final Fence fence;
  private volatile Telemetry telemetry = Telemetry.NONE;
  private final Map<ResourceKey, Entry> open = new HashMap<>();

  /** With the public endpoints of all clouds. */
  public StoreFactory(StoreLimits limits, Map<String, String> environment, LocalFolders folders) {
    this(limits, environment, folders, StoreEndpoints.PUBLIC);
  }

  /** The environment is that of the process; it matters only to storages without a Secret. */
  public StoreFactory(StoreLimits limits, Map<String, String> environment, LocalFolders folders,
      StoreEndpoints endpoints) {
    this(limits, environment, folders, endpoints, Fence.OPEN);
  }

  private StoreFactory(StoreLimits limits, Map<String, String> environment, LocalFolders folders,
      StoreEndpoints endpoints, Fence fence) {
    this.limits = limits;
    this.environment = Map.copyOf(environment);
    this.folders = folders;
    this.endpoints = endpoints;
    this.fence = fence;
  }

  /** The same, but its stores take no writes while the fence is shut. */
  public StoreFactory behind(Fence barrier) {
    StoreFactory behind = new StoreFactory(limits, environment, folders, endpoints, barrier);
    behind.reportTo(telemetry);
    return behind;
  }

  /** Who hears of the calls of stores opened from now on. */
  public void reportTo(Telemetry listener) {
    telemetry = listener;
  }

  /**
   * The store of a BackupStorage; nothing is sent yet.
   *
   * @param secret decoded data of the Secret that the spec names, empty if it names none
   * @throws StoreFailure BAD_CONFIGURATION or NOT_AVAILABLE, with the field, key or provider at fault
   */
  public synchronized ObjectStore open(ResourceKey storage, BackupStorageSpec spec,
      Optional<Map<String, byte[]>> secret) {
    String fingerprint = fingerprint(spec, secret);
    Entry known = open.get(storage);
    if (known != null && known.fingerprint().equals(fingerprint)) {
      return known.store();
    }
    forget(storage);
    ObjectStore store = make(storage, spec, secret).behind(fence);
    store.reportTo(telemetry);
    open.put(storage, new Entry(fingerprint, store));
    return store;
  }

  /** For a BackupStorage that is gone. */
  public synchronized Future<Void> forget(ResourceKey storage) {
    Entry entry = open.remove(storage);
    return entry == null ? Future.succeededFuture() : entry.store().close();
  }

  public synchronized Future<Void> close() {
    List<Future<Void>> closing = List.copyOf(open.keySet()).stream().map(this::forget).toList();
    return Future.join(closing).mapEmpty();
  }

  /** Name of the Secret that the storage needs, in its own namespace; empty if none is named. */
  public static Optional<String> secretName(BackupStorageSpec spec) {
    StorageBackend backend = spec == null || spec.storage() == null
        ? new StorageBackend(null, null, null, null, null) : spec.storage();
    String name = switch (String.valueOf(backend.provider())) {
      case "s3" -> backend.s3() == null ? null : backend.s3().secretName();
      case "gcs" -> backend.gcs() == null ? null : backend.gcs().secretName();
      case "azure" -> backend.azure() == null ? null : backend.azure().secretName();
      default -> null;
    };
    return Optional.ofNullable(name).filter(text -> !text.isBlank());
  }

  private ObjectStore make(ResourceKey storage, BackupStorageSpec spec, Optional<Map<String, byte[]>> secret) {
    StorageBackend backend = required(spec == null ? null : spec.storage(), "spec.storage");
    String provider = required(backend.provider(), "spec.storage.provider");
    return switch (provider) {
      case "s3" -> s3(required(backend.s3(), "spec.storage.s3"), secret);
      case "local" -> folder(storage, required(backend.local(), "spec.storage.local"));
      case "gcs" -> gcs(required(backend.gcs(), "spec.storage.gcs"), secret);
      case "azure" -> azure(required(backend.azure(), "spec.storage.azure"), secret);
      default -> throw StoreFailure.badConfiguration(
          "spec.storage.provider '" + provider + "' is unknown; use s3, gcs, azure or local");
    };
  }

  private ObjectStore s3(S3Backend spec, Optional<Map<String, byte[]>> secret) {
    S3Connection connection = S3Connection.of(spec, secret, environment);
    connection.authority().ifPresent(Trust::only);
    StoreProvider provider = new LateProvider(() -> S3Store.open(connection, limits));
    return new ObjectStore(provider, orEmpty(spec.prefix()), connections(spec.maxConnections()));
  }

  private ObjectStore gcs(GcsBackend spec, Optional<Map<String, byte[]>> secret) {
    GcsConnection connection = GcsConnection.of(spec, secret, environment, endpoints.gcs());
    StoreProvider provider = new LateProvider(() -> GcsStore.open(connection, limits));
    return new ObjectStore(provider, orEmpty(spec.prefix()), connections(spec.maxConnections()));
  }

  private ObjectStore azure(AzureBackend spec, Optional<Map<String, byte[]>> secret) {
    AzureConnection connection = AzureConnection.of(spec, secret, environment, endpoints.azure());
    StoreProvider provider = new LateProvider(() -> AzureStore.open(connection, limits, InstantSource.system()));
    return new ObjectStore(provider, orEmpty(spec.prefix()), connections(spec.maxConnections()));
  }

  private ObjectStore folder(ResourceKey storage, LocalBackend spec) {
    return folders.of(storage, spec)
        .map(root -> new ObjectStore(new FolderStore(root), "", connections(spec.maxConnections())))
        .orElseThrow(() -> new StoreFailure(StoreFailure.Kind.NOT_AVAILABLE,
            "only Jobs can reach the volume of a BackupStorage with provider local"));
  }

  private static int connections(Long wanted) {
    return wanted == null || wanted <= 0 ? CONNECTIONS : Math.clamp(wanted, 1, Short.MAX_VALUE);
  }

  private static <T> T required(T value, String field) {
    if (value == null || value instanceof String text && text.isBlank()) {
      throw StoreFailure.badConfiguration(field + " is missing");
    }
    return value;
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  private static String fingerprint(BackupStorageSpec spec, Optional<Map<String, byte[]>> secret) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(Json.MAPPER.writeValueAsBytes(spec == null ? "" : spec.storage()));
      digest.update((byte) (secret.isPresent() ? 1 : 0));
      new TreeMap<>(secret.orElse(Map.of())).forEach((key, value) -> {
        digest.update((key + "\n" + value.length + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(value);
      });
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException | JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
