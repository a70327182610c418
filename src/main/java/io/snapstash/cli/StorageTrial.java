package io.snapstash.cli;

import io.fabric8.kubernetes.api.model.Secret;
import io.snapstash.api.BackupStorage;
import io.snapstash.engine.ResourceKey;
import io.snapstash.kube.KubeFailure;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.storage.LocalFolders;
import io.snapstash.storage.ObjectStore;
import io.snapstash.storage.StoreFactory;
import io.snapstash.storage.StoreFailure;
import io.snapstash.storage.StoreLimits;
import io.snapstash.storage.Trial;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tries from here what the operator does with a BackupStorage: writes a file and takes it away (behaviour 15). It needs
 * the right to read the Secret, and a way to the backend; where the operator's identity is meant, ours is taken.
 */
final class StorageTrial {
  private StorageTrial() {}

  /** What came of it, for people. */
  static String of(Cluster cluster, BackupStorage storage, Map<String, String> environment) {
    StoreFactory stores = new StoreFactory(StoreLimits.DEFAULT, environment, LocalFolders.none());
    try {
      ObjectStore store = stores.open(new ResourceKey(storage.getMetadata().getNamespace(),
          storage.getMetadata().getName()), storage.getSpec(), secret(cluster, storage));
      Cluster.await(Trial.of(store));
      return "written and removed";
    } catch (KubeFailure unreadable) {
      return "not tried, because its Secret cannot be read: " + unreadable.getMessage();
    } catch (StoreFailure refused) {
      return "failed: " + refused.getMessage();
    } finally {
      stores.close();
    }
  }

  private static Optional<Map<String, byte[]>> secret(Cluster cluster, BackupStorage storage) {
    return StoreFactory.secretName(storage.getSpec()).map(name -> {
      Secret secret = Cluster.await(cluster.kube().get(ResourceTypes.SECRETS,
          new ResourceKey(storage.getMetadata().getNamespace(), name)));
      return Optional.ofNullable(secret.getData()).orElse(Map.of()).entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getKey, each -> Base64.getDecoder().decode(each.getValue())));
    });
  }
}
