package io.snapstash.story;

import static io.snapstash.kube.ResourceTypes.BACKUP_CONFIGURATIONS;
import static io.snapstash.kube.ResourceTypes.BACKUP_SESSIONS;
import static io.snapstash.kube.ResourceTypes.BACKUP_STORAGES;
import static io.snapstash.kube.ResourceTypes.JOBS;
import static io.snapstash.kube.ResourceTypes.REPOSITORIES;
import static io.snapstash.kube.ResourceTypes.SNAPSHOTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Snapshot;
import io.snapstash.csi.CsiTypes;
import io.snapstash.fixtures.ABackup;
import io.snapstash.kube.ResourceType;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.rules.Rule;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Objects that are deleted while others need them, or while they are being filled. */
class DeletionStoryTest extends Story {
  private static final String WIPE_OUT = "{spec: {deletionPolicy: WipeOut}}";

  private void gone(ResourceType<?> type, String name) {
    world.until(type.kind() + " " + name + " gone", () -> world.find(type, "demo", name).isEmpty());
  }

  private void wipe(ResourceType<?> type, String name) {
    world.patch(type, name, WIPE_OUT);
    world.delete(type, name);
    gone(type, name);
  }

  private String onlySnapshot() {
    return snapshots().getFirst().getMetadata().getName();
  }

  /** A first run whose driver never gets ready. */
  private void aRunThatHangs() {
    storage();
    claim("source", "old");
    world.behaviour().stallSnapshotOf("source");
    world.apply(ABackup.ofClaim("b", "source").manifests());
    world.until("running", () -> snapshots().stream().anyMatch(each -> phase(each).equals("Running")));
  }

  @Test
  @Rule("behaviour 7.6")
  void aRunEndsWhenItsSnapshotIsDeletedUnderIt() {
    aRunThatHangs();
    String run = runs("b").getFirst().getMetadata().getName();

    world.delete(SNAPSHOTS, onlySnapshot());
    world.until("failed", () -> world.phase(BACKUP_SESSIONS, run).equals("Failed"));

    assertThat(world.condition(BACKUP_SESSIONS, run, "SnapshotsEnsured")).startsWith("False");
    gone(JOBS, run);
    world.staysQuietForTenMinutes();
  }

  @Test
  @Rule("behaviour 7.6")
  void aSnapshotDoesNotStayRunningWhenItsRunIsDeleted() {
    aRunThatHangs();

    world.delete(BACKUP_SESSIONS, runs("b").getFirst().getMetadata().getName());
    world.until("failed", () -> world.phase(SNAPSHOTS, onlySnapshot()).equals("Failed"));

    assertThat(world.condition(SNAPSHOTS, onlySnapshot(), "BackupIncomplete")).startsWith("True");
    world.staysQuietForTenMinutes();
  }

  @Test
  void volumeSnapshotsOfARunThatNeverToldOfThemAreWipedWithItsSnapshot() {
    aRunThatHangs();
    world.delete(BACKUP_SESSIONS, runs("b").getFirst().getMetadata().getName());
    world.until("failed", () -> world.phase(SNAPSHOTS, onlySnapshot()).equals("Failed"));
    assertThat(world.list(CsiTypes.VOLUME_SNAPSHOTS)).hasSize(1);

    wipe(SNAPSHOTS, onlySnapshot());

    assertThat(world.list(CsiTypes.VOLUME_SNAPSHOTS)).isEmpty();
  }

  @Test
  void aSnapshotThatIsWipedInTheMiddleOfItsRunLeavesNoVolumeSnapshot() {
    aRunThatHangs();

    wipe(SNAPSHOTS, onlySnapshot());

    world.until("nothing left", () -> world.list(CsiTypes.VOLUME_SNAPSHOTS).isEmpty());
    world.staysQuietForTenMinutes();
  }

  /** A VolumeSnapshot on its way out provisions nothing any more, and waits for the claim that waits for it. */
  @Test
  void aWipedSnapshotWaitsForTheClaimThatIsStillToBeMadeFromIt() {
    storage();
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source"), "b");
    String cut = world.list(CsiTypes.VOLUME_SNAPSHOTS).getFirst().getMetadata().getName();
    world.apply("""
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: waiting, namespace: demo}
        spec:
          accessModes: [ReadWriteOnce]
          storageClassName: csi-wffc
          resources: {requests: {storage: 1Gi}}
          dataSource: {apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: %s}
        """.formatted(cut));
    String snapshot = onlySnapshot();
    world.patch(SNAPSHOTS, snapshot, WIPE_OUT);
    world.delete(SNAPSHOTS, snapshot);
    world.advance(Duration.ofMinutes(2));

    assertThat(world.find(CsiTypes.VOLUME_SNAPSHOTS, "demo", cut).orElseThrow().getMetadata().getDeletionTimestamp())
        .isNull();
    assertThat(world.list(ResourceTypes.EVENTS)).filteredOn(event -> event.getReason().equals("DeletionWaits"))
        .singleElement().satisfies(event -> assertThat(event.getMessage()).contains("claim waiting"));

    world.delete(ResourceTypes.CLAIMS, "waiting");
    gone(SNAPSHOTS, snapshot);
    assertThat(world.list(CsiTypes.VOLUME_SNAPSHOTS)).isEmpty();
  }

  @Test
  void twoSnapshotsOfOneRunThatAreWipedTogetherTakeTheirVolumeSnapshotAlong() {
    storage();
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source").repository("second-repo"), "b");
    for (Snapshot snapshot : snapshots()) {
      world.patch(SNAPSHOTS, snapshot.getMetadata().getName(), WIPE_OUT);
    }

    snapshots().forEach(snapshot -> world.delete(SNAPSHOTS, snapshot.getMetadata().getName()));
    world.until("wiped", () -> snapshots().isEmpty());

    assertThat(world.list(CsiTypes.VOLUME_SNAPSHOTS)).isEmpty();
  }

  @Test
  void aVolumeSnapshotStaysWhileOneOfItsTwoSnapshotsDoes() {
    storage();
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source").repository("second-repo"), "b");

    wipe(SNAPSHOTS, onlySnapshot());

    assertThat(snapshots()).hasSize(1);
    assertThat(world.list(CsiTypes.VOLUME_SNAPSHOTS)).hasSize(1);
  }

  @Test
  void aStorageThatIsStillUsedCanBeDeleted() {
    storage();
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source"), "b");

    world.delete(BACKUP_STORAGES, "s3-storage");
    gone(BACKUP_STORAGES, "s3-storage");

    assertThat(world.list(REPOSITORIES)).isEmpty();
    world.until("noticed", () -> world.phase(BACKUP_CONFIGURATIONS, "b").equals("NotReady"));
    world.staysQuietForTenMinutes();
  }

  @Test
  void aRepositoryThatAnotherBackupConfigurationUsesIsNotWiped() {
    storage();
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source").deletionPolicy("WipeOut"), "b");
    world.advance(Duration.ofMinutes(1));
    world.apply(ABackup.ofClaim("c", "source").session("more").repository("b-repo").manifests());
    world.until("second ready", () -> world.phase(BACKUP_CONFIGURATIONS, "c").equals("Ready"));

    world.delete(BACKUP_CONFIGURATIONS, "b");
    gone(BACKUP_CONFIGURATIONS, "b");
    world.advance(Duration.ofMinutes(1));

    assertThat(world.phase(REPOSITORIES, "b-repo")).isEqualTo("Ready");
    assertThat(world.list(CsiTypes.VOLUME_SNAPSHOTS)).isNotEmpty();
  }

  @Test
  void aRepositoryIsWipedWithItsLastBackupConfiguration() {
    storage();
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source").deletionPolicy("WipeOut"), "b");

    world.delete(BACKUP_CONFIGURATIONS, "b");
    gone(REPOSITORIES, "b-repo");

    assertThat(world.list(CsiTypes.VOLUME_SNAPSHOTS)).isEmpty();
    world.staysQuietForTenMinutes();
  }

  @Test
  void aRunThatBearsTheNameOfAnEarlierOneDoesNotPassForIt() {
    storage();
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source"), "b");
    String run = """
        apiVersion: core.kubestash.com/v1alpha1
        kind: BackupSession
        metadata: {name: by-hand, namespace: demo}
        spec:
          invoker: {apiGroup: core.kubestash.com, kind: BackupConfiguration, name: b}
          session: frequent
        """;
    world.apply(run);
    world.until("done", () -> world.phase(BACKUP_SESSIONS, "by-hand").equals("Succeeded"));
    world.delete(BACKUP_SESSIONS, "by-hand");
    gone(BACKUP_SESSIONS, "by-hand");

    world.apply(run);
    world.until("ended", () -> world.phase(BACKUP_SESSIONS, "by-hand").equals("Failed"));

    assertThat(world.condition(BACKUP_SESSIONS, "by-hand", "SnapshotsEnsured")).startsWith("False");
  }

  @Test
  void aStorageInsideAnotherSurvivesWhenTheOuterOneIsWiped() {
    storage();
    claim("source", "old");
    JsonNode inner = world.tree(BACKUP_STORAGES, "s3-storage").deepCopy();
    ((ObjectNode) inner).remove(List.of("status"));
    ObjectNode metadata = ((ObjectNode) inner).putObject("metadata");
    metadata.put("name", "inner").put("namespace", "demo");
    ObjectNode s3 = (ObjectNode) inner.at("/spec/storage/s3");
    s3.put("prefix", s3.path("prefix").asText() + "/team");
    world.apply(List.of((ObjectNode) inner));
    backUp(ABackup.ofClaim("b", "source").storage("inner"), "b");

    wipe(BACKUP_STORAGES, "s3-storage");

    assertThat(world.files()).anyMatch(file -> file.endsWith("team/b-repo/repository.yaml"));
  }

  @Test
  void aBackupConfigurationGetsTheRepositoryNameThatAnotherApplicationGivesUp() {
    storage();
    claim("source", "old");
    claim("other", "old");
    backUp(ABackup.ofClaim("b", "source").deletionPolicy("WipeOut"), "b");
    world.apply(ABackup.named("c").target("", "PersistentVolumeClaim", "other").session("more").repository("b-repo")
        .manifests());
    world.until("in conflict", () -> world.phase(BACKUP_CONFIGURATIONS, "c").equals("Invalid"));

    world.delete(BACKUP_CONFIGURATIONS, "b");

    world.until("free", () -> world.phase(BACKUP_CONFIGURATIONS, "c").equals("Ready"));
    world.until("backed up", () -> runs("c").stream().anyMatch(run -> phase(run).equals("Succeeded")));
  }

  @Test
  void aStorageWithAnImpossiblePrefixDoesNotDisturbTheOthers() {
    world.apply("""
        apiVersion: storage.kubestash.com/v1alpha1
        kind: BackupStorage
        metadata: {name: evil, namespace: demo}
        spec: {storage: {provider: s3, s3: {bucket: b, prefix: "../x", secretName: s3-secret}}}
        """);

    storage();
    wipe(BACKUP_STORAGES, "s3-storage");

    world.until("told", () -> world.condition(BACKUP_STORAGES, "evil", "BackendInitialized").startsWith("False"));
  }
}
