package io.snapstash.story;

import static io.snapstash.kube.ResourceTypes.BACKUP_STORAGES;
import static io.snapstash.kube.ResourceTypes.RESTORE_SESSIONS;
import static io.snapstash.kube.ResourceTypes.SECRETS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.snapstash.api.BackupStorage;
import io.snapstash.engine.ResourceKey;
import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.ARestore;
import io.snapstash.fixtures.Azurite;
import io.snapstash.fixtures.GcsServer;
import io.snapstash.fixtures.OperatorWorld;
import io.snapstash.fixtures.StoryWorld;
import io.snapstash.storage.LocalFolders;
import io.snapstash.storage.StoreEndpoints;
import io.snapstash.storage.StoreFactory;
import io.snapstash.storage.StoreLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Storages of Google and Azure serve backup, restore and removal as S3 does. */
class CloudStoryTest extends Story {
  private static final GcsServer GOOGLE = google();
  private static final String GCS = "{provider: gcs, gcs: {bucket: catalogues, prefix: p, secretName: cloud-secret}}";
  private static final String AZURE = "{provider: azure, azure: {storageAccount: demoaccount, container: catalogues, "
      + "prefix: p, secretName: cloud-secret}}";

  private static GcsServer google() {
    try {
      return GcsServer.start().createBucket("catalogues");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @AfterAll
  static void stop() {
    GOOGLE.close();
  }

  CloudStoryTest() {
    super(OperatorWorld.start(settings()));
  }

  private static Map<String, String> settings() {
    return Map.of("SNAPSTASH_STORAGE_GCS_ENDPOINT", GOOGLE.endpoint(),
        "SNAPSTASH_STORAGE_AZURE_ENDPOINT", Azurite.get().service().map(Azurite::endpoint).orElse(""));
  }

  @Test
  void googleKeepsTheCatalogue() {
    keepsTheCatalogue(GCS, GOOGLE.secret());
  }

  @Test
  void azureKeepsTheCatalogue() {
    Azurite.Outcome azurite = Azurite.get();
    assumeTrue(azurite.service().isPresent(), azurite.reason());

    keepsTheCatalogue(AZURE, azurite.service().get().createContainer("catalogues").secret());
  }

  private void keepsTheCatalogue(String storage, Map<String, byte[]> secret) {
    storage();
    world.apply(secret(secret));
    world.apply(storage(storage));
    world.until("cloud ready", () -> world.phase(BACKUP_STORAGES, "cloud").equals("Ready"));
    assertThat(world.condition(BACKUP_STORAGES, "cloud", "FeatureUnavailable")).isEmpty();
    BackupStorage cloud = world.find(BACKUP_STORAGES, "demo", "cloud").orElseThrow();
    claim("source", "old");

    backUp(ABackup.ofClaim("b", "source").storage("cloud"), "b");
    String snapshot = snapshots().getFirst().getMetadata().getName();
    assertThat(keys(cloud, secret)).containsExactlyInAnyOrder("metadata.yaml", "b-repo/repository.yaml",
        "b-repo/snapshots/" + snapshot + ".yaml");

    world.write("source", "new");
    restore(ARestore.of("r", "b-repo").into("back"), "r", "Succeeded");
    assertThat(world.read("back")).isEqualTo("old");
    world.staysQuietForTenMinutes();
    isEnoughForAnEmptyCluster(storage, secret);

    world.patch(BACKUP_STORAGES, "cloud", "{spec: {deletionPolicy: WipeOut}}");
    world.delete(BACKUP_STORAGES, "cloud");
    world.until("cloud gone", () -> world.find(BACKUP_STORAGES, "demo", "cloud").isEmpty());
    assertThat(keys(cloud, secret)).isEmpty();
  }

  private void isEnoughForAnEmptyCluster(String storage, Map<String, byte[]> secret) {
    try (StoryWorld rebuilt = OperatorWorld.startOver(world, settings())) {
      rebuilt.apply(secret(secret));
      rebuilt.apply(storage(storage));
      rebuilt.apply(ARestore.of("r", "b-repo").into("back").manifests());
      rebuilt.until("restored", Duration.ofMinutes(5), () -> rebuilt.phase(RESTORE_SESSIONS, "r").equals("Succeeded"));
      assertThat(rebuilt.read("back")).isEqualTo("old");
    }
  }

  @Test
  void aWrongKeyIsToldAndACorrectedOneIsUsed() {
    world.apply(secret(GOOGLE.secret(GcsServer.rsa())));
    world.apply(storage(GCS));
    world.until("refused", () -> message().contains("Google does not accept the key of the service account"));
    assertThat(world.phase(BACKUP_STORAGES, "cloud")).isEqualTo("NotReady");

    world.patch(SECRETS, "cloud-secret", "{data: {GOOGLE_SERVICE_ACCOUNT_JSON_KEY: "
        + encoded(GOOGLE.secret().get("GOOGLE_SERVICE_ACCOUNT_JSON_KEY")) + "}}");

    world.until("ready", Duration.ofMinutes(6), () -> world.phase(BACKUP_STORAGES, "cloud").equals("Ready"));
  }

  private String message() {
    return world.tree(BACKUP_STORAGES, "cloud").at("/status/conditions").toString();
  }

  private static String secret(Map<String, byte[]> data) {
    return "{apiVersion: v1, kind: Secret, metadata: {name: cloud-secret, namespace: demo}, data: {"
        + data.entrySet().stream().map(entry -> entry.getKey() + ": " + encoded(entry.getValue()))
            .collect(Collectors.joining(", ")) + "}}";
  }

  private static String encoded(byte[] value) {
    return Base64.getEncoder().encodeToString(value);
  }

  private static String storage(String backend) {
    return "{apiVersion: storage.kubestash.com/v1alpha1, kind: BackupStorage, metadata: {name: cloud, namespace: demo}, "
        + "spec: {storage: " + backend + ", usagePolicy: {allowedNamespaces: {from: All}}}}";
  }

  private List<String> keys(BackupStorage storage, Map<String, byte[]> secret) {
    StoreFactory factory = new StoreFactory(StoreLimits.DEFAULT, Map.of(), LocalFolders.none(), new StoreEndpoints(
        settings().get("SNAPSTASH_STORAGE_GCS_ENDPOINT"), settings().get("SNAPSTASH_STORAGE_AZURE_ENDPOINT")));
    List<String> keys = StoryWorld.await(factory.open(new ResourceKey("demo", "cloud"), storage.getSpec(),
        Optional.of(secret)).list(""));
    StoryWorld.await(factory.close());
    return keys;
  }
}
