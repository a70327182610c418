package io.snapstash.controller.volume;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.snapstash.api.BackupStorage;
import io.snapstash.api.BackupStorageSpec;
import io.snapstash.api.Json;
import io.snapstash.api.Repository;
import io.snapstash.api.RepositorySpec;
import io.snapstash.controller.ControllerSettings;
import io.snapstash.controller.WatchedNamespaces;
import io.snapstash.domain.turn.TurnLimits;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VolumeJobTest {
  private static final String NFS = "{nfs: {server: s, path: /x}, mountPath: /data}";
  private static final String CLAIM = "{persistentVolumeClaim: {claimName: c}, mountPath: /data}";

  @Test
  void theJobOfARepositoryRunsBesideItUnlessTheVolumeIsAClaim() {
    assertThat(job(initialisation("volume", NFS)).namespace()).isEqualTo("team");
    assertThat(job(initialisation("volume", CLAIM)).namespace()).isEqualTo("demo");
  }

  @Test
  void aJobBesideTheStorageBelongsToTheStorage() {
    assertThat(body(initialisation("volume", NFS)).at("/metadata/ownerReferences/0/kind").asText())
        .isEqualTo("Repository");
    assertThat(body(initialisation("volume", CLAIM)).at("/metadata/ownerReferences/0/kind").asText())
        .isEqualTo("BackupStorage");
  }

  @Test
  void theLabelsTellForWhomItWorks() {
    JsonNode labels = body(initialisation("volume", CLAIM)).at("/metadata/labels");

    assertThat(labels.path("kubestash.com/invoker-kind").asText()).isEqualTo("Repository");
    assertThat(labels.path("kubestash.com/invoker-name").asText()).isEqualTo("repo");
    assertThat(labels.path("kubestash.com/invoker-namespace").asText()).isEqualTo("team");
    assertThat(labels.path("app.kubernetes.io/component").asText()).isEqualTo("kubestash-initializer");
  }

  @Test
  void aStorageAndARepositoryOfTheSameNameDoNotTakeEachOthersJob() {
    VolumeTask ofTheStorage = VolumeTask.initialise(storage("repo", NFS), "1");
    VolumeTask ofTheRepository = VolumeTask.initialise(storage("repo", NFS), repository(), "1");

    assertThat(ofTheStorage.name()).isEqualTo(ofTheRepository.name());
    assertThat(job(ofTheRepository).isFor(made(ofTheStorage))).isFalse();
    assertThat(job(ofTheRepository).otherName()).isNotEqualTo(ofTheRepository.name());
  }

  @Test
  void bothNamesFitIntoALabel() {
    VolumeTask task = VolumeTask.wipe(storage("s".repeat(253), NFS), "1");

    assertThat(task.name()).hasSizeLessThanOrEqualTo(63).startsWith("cleanup-");
    assertThat(job(task).otherName()).hasSizeLessThanOrEqualTo(63);
  }

  @Test
  void aJobOfAnEarlierSpecIsKnown() {
    Job earlier = made(initialisation("volume", NFS));

    assertThat(job(initialisation("volume", NFS)).isSame(earlier)).isTrue();
    assertThat(job(initialisation("volume", "{nfs: {server: other, path: /x}, mountPath: /data}")).isSame(earlier))
        .isFalse();
  }

  @Test
  void foregroundDeletionDoesNotCollectTheJobThatItWaitsFor() {
    BackupStorage storage = storage("volume", NFS);
    storage.getMetadata().getFinalizers().add("foregroundDeletion");

    assertThat(body(VolumeTask.wipe(storage, "1")).at("/metadata").has("ownerReferences")).isFalse();
  }

  private static VolumeTask initialisation(String storage, String backend) {
    return VolumeTask.initialise(storage(storage, backend), repository(), "1");
  }

  private static VolumeJob job(VolumeTask task) {
    return new VolumeJob(task, new ControllerSettings("snapstash/snapstash:1", Map.of(), Duration.ZERO, Duration.ZERO,
        Duration.ZERO, Duration.ZERO, Duration.ofSeconds(10), Duration.ofMinutes(10), 1, false, true, false, Map.of(),
        Duration.ZERO, WatchedNamespaces.ALL, new TurnLimits(0, 0, 0), () -> 0));
  }

  private static ObjectNode body(VolumeTask task) {
    return job(task).body(task.name());
  }

  private static Job made(VolumeTask task) {
    return Json.MAPPER.convertValue(body(task), Job.class);
  }

  private static BackupStorage storage(String name, String backend) {
    BackupStorage storage = new BackupStorage();
    storage.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace("demo").withUid("u-storage").build());
    storage.setSpec(read("{storage: {provider: local, local: " + backend + "}}", BackupStorageSpec.class));
    return storage;
  }

  private static Repository repository() {
    Repository repository = new Repository();
    repository.setMetadata(new ObjectMetaBuilder().withName("repo").withNamespace("team").withUid("u-repo").build());
    repository.setSpec(read("{path: /repo}", RepositorySpec.class));
    return repository;
  }

  private static <T> T read(String text, Class<T> type) {
    try {
      return Json.MAPPER.treeToValue(Json.YAML.readTree(text), type);
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }
}
