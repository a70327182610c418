package io.snapstash.story;

import static io.snapstash.kube.ResourceTypes.BACKUP_CONFIGURATIONS;
import static io.snapstash.kube.ResourceTypes.BACKUP_STORAGES;
import static io.snapstash.kube.ResourceTypes.REPOSITORIES;
import static io.snapstash.kube.ResourceTypes.RESTORE_SESSIONS;
import static io.snapstash.kube.ResourceTypes.SNAPSHOTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.snapstash.api.ObjectReference;
import io.snapstash.api.Repository;
import io.snapstash.api.RepositorySpecBuilder;
import io.snapstash.api.StoredRepository;
import io.snapstash.api.TypedObjectReference;
import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.ARestore;
import io.snapstash.sandbox.Manifests;
import io.snapstash.storage.Catalogue;
import io.snapstash.storage.PutCondition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A BackupStorage made over what others have stored gives it back to the cluster. */
class SynchronisationStoryTest extends Story {
  private JsonNode entry(String repository) {
    for (JsonNode each : world.tree(BACKUP_STORAGES, "s3-storage").at("/status/repositories")) {
      if (each.path("name").asText().equals(repository)) {
        return each;
      }
    }
    return world.tree(BACKUP_STORAGES, "no-such-storage");
  }

  private void storageIsGoneAndBack() {
    world.delete(BACKUP_STORAGES, "s3-storage");
    world.until("gone", () -> world.find(BACKUP_STORAGES, "demo", "s3-storage").isEmpty());
    assertThat(world.list(REPOSITORIES)).isEmpty();
    assertThat(snapshots()).isEmpty();
    storage();
  }

  @Test
  void repositoriesAndSnapshotsOfADeletedStorageComeBackWithIt() {
    storage();
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source"), "b");
    String snapshot = snapshots().getFirst().getMetadata().getName();
    List<String> files = world.files();
    world.delete(BACKUP_CONFIGURATIONS, "b");

    storageIsGoneAndBack();
    world.until("synced", () -> entry("b-repo").path("synced").asBoolean());

    assertThat(entry("b-repo").has("error")).isFalse();
    assertThat(world.phase(SNAPSHOTS, snapshot)).isEqualTo("Succeeded");
    assertThat(world.tree(SNAPSHOTS, snapshot).at("/spec/deletionPolicy").asText()).isEqualTo("Delete");
    world.until("counted", () -> world.tree(REPOSITORIES, "b-repo").at("/status/snapshotCount").asInt() == 1);
    assertThat(world.phase(REPOSITORIES, "b-repo")).isEqualTo("Ready");
    assertThat(world.files()).isEqualTo(files);
    world.staysQuietForTenMinutes();
  }

  /** As another cluster would have left it. */
  private void aRepositoryOfNamespace(String namespace) {
    Repository repository = new Repository();
    repository.setMetadata(new ObjectMetaBuilder().withName("far-repo").withNamespace(namespace).build());
    repository.setSpec(RepositorySpecBuilder.builder().path("far")
        .appRef(new TypedObjectReference("", "PersistentVolumeClaim", namespace, "far"))
        .storageRef(new ObjectReference("elsewhere", "their-name-for-it")).build());
    world.inBucket("demo", store -> {
      Catalogue catalogue = new Catalogue(store);
      return catalogue.initialise(world.time().now(), "1").compose(_ -> catalogue.initialise(repository))
          .compose(_ -> catalogue.register(
              new StoredRepository("far-repo", namespace, "far", null, null, null)));
    });
  }

  @Test
  void aRepositoryOfANamespaceThatIsNotThereYetComesWhenItIs() {
    aRepositoryOfNamespace("later");
    storage();
    world.until("told", () -> entry("far-repo").path("error").asText().contains("namespace later does not exist"));
    assertThat(entry("far-repo").path("synced").asBoolean(true)).isFalse();

    world.apply("{apiVersion: v1, kind: Namespace, metadata: {name: later}}");
    world.until("synced", () -> entry("far-repo").path("synced").asBoolean());

    assertThat(world.find(REPOSITORIES, "later", "far-repo").orElseThrow().getSpec().storageRef())
        .isEqualTo(new ObjectReference("demo", "s3-storage"));
    world.staysQuietForTenMinutes();
  }

  @Test
  void aCatalogueMakesNothingInANamespaceThatTheStorageDoesNotAllow() {
    aRepositoryOfNamespace("private");
    world.apply("{apiVersion: v1, kind: Namespace, metadata: {name: private}}");
    List<ObjectNode> manifests = Manifests.file("k8s/samples/00-storage.yaml");
    manifests.stream().filter(each -> each.path("kind").asText().equals("BackupStorage"))
        .forEach(each -> ((ObjectNode) each.path("spec")).remove("usagePolicy"));
    world.apply(manifests);

    world.until("told", () -> entry("far-repo").path("error").asText().contains("does not allow namespace private"));

    assertThat(world.find(REPOSITORIES, "private", "far-repo")).isEmpty();
  }

  @Test
  void aFileThatMakesNoSenseIsNamedAndKeepsTheOthersNotOut() {
    storage();
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source"), "b");
    String good = snapshots().getFirst().getMetadata().getName();
    world.inBucket("demo", store -> store.put("b-repo/snapshots/bad.yaml", "a: [".getBytes(StandardCharsets.UTF_8),
        PutCondition.always()));
    world.delete(BACKUP_CONFIGURATIONS, "b");

    storageIsGoneAndBack();
    world.until("told", () -> entry("b-repo").path("error").asText().contains("bad.yaml"));

    assertThat(world.phase(SNAPSHOTS, good)).isEqualTo("Succeeded");
    world.apply(ARestore.of("newest", "b-repo").into("restored").manifests());
    world.until("waits", () -> world.tree(RESTORE_SESSIONS, "newest").at("/status/conditions").toString()
        .contains("not wholly synchronised"));
    restore(ARestore.of("by-name", "b-repo").snapshot(good).into("by-name"), "by-name", "Succeeded");

    world.inBucket("demo", store -> store.delete("b-repo/snapshots/bad.yaml"));
    world.until("synced", Duration.ofMinutes(12), () -> entry("b-repo").path("synced").asBoolean());
    world.until("goes on", () -> world.phase(RESTORE_SESSIONS, "newest").equals("Succeeded"));
  }
}
