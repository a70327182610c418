package io.snapstash.story;

import static io.snapstash.kube.ResourceTypes.BACKUP_CONFIGURATIONS;
import static io.snapstash.kube.ResourceTypes.BACKUP_STORAGES;
import static io.snapstash.kube.ResourceTypes.NAMESPACES;
import static io.snapstash.kube.ResourceTypes.REPOSITORIES;
import static io.snapstash.kube.ResourceTypes.SNAPSHOTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.fixtures.ABackup;
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
}
