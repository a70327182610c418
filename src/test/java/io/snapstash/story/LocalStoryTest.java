package io.snapstash.story;

import static io.snapstash.kube.ResourceTypes.BACKUP_STORAGES;
import static io.snapstash.kube.ResourceTypes.JOBS;
import static io.snapstash.kube.ResourceTypes.NAMESPACES;
import static io.snapstash.kube.ResourceTypes.REPOSITORIES;
import static io.snapstash.kube.ResourceTypes.RESTORE_SESSIONS;
import static io.snapstash.kube.ResourceTypes.SNAPSHOTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.ARestore;
import io.snapstash.fixtures.OperatorWorld;
import io.snapstash.fixtures.StoryWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A storage on a volume, which only Jobs can reach, serves backup, restore and removal as a bucket does. */
class LocalStoryTest extends Story {
  private static final String NFS = "nfs: {server: nfs.example.com, path: /catalogue}";

  private static String volume(String source) {
    return """
        apiVersion: storage.kubestash.com/v1alpha1
        kind: BackupStorage
        metadata: {name: volume, namespace: demo}
        spec:
          storage: {provider: local, local: {mountPath: /data, subPath: backups, %s}}
          usagePolicy: {allowedNamespaces: {from: All}}
        """.formatted(source);
  }

  private void backedUpOnAVolume(String source) {
    storage();
    world.apply(volume(source));
    world.until("volume ready", () -> world.phase(BACKUP_STORAGES, "volume").equals("Ready"));
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source").storage("volume"), "b");
    world.until("uploaded", () -> world.phase(SNAPSHOTS, onlySnapshot()).equals("Succeeded"));
  }

  private String onlySnapshot() {
    return snapshots().getFirst().getMetadata().getName();
  }

  private List<String> files(String folder) {
    Path root = world.disks().folder().resolve(folder);
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).map(file -> root.relativize(file).toString()).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private List<String> jobsOnVolumes() {
    return world.list(JOBS).stream().filter(job -> job.getMetadata().getAnnotations() != null
            && job.getMetadata().getAnnotations().containsKey("snapstash.io/volume-task"))
        .map(job -> job.getMetadata().getName()).toList();
  }

  @Test
  void keepsTheCatalogueAndGivesItBackToAnEmptyCluster() {
    backedUpOnAVolume(NFS);

    assertThat(world.condition(BACKUP_STORAGES, "volume", "FeatureUnavailable")).isEmpty();
    assertThat(files("nfs/nfs.example.com/catalogue/backups")).containsExactlyInAnyOrder("metadata.yaml",
        "b-repo/repository.yaml", "b-repo/snapshots/" + onlySnapshot() + ".yaml");
    world.until("jobs gone", () -> jobsOnVolumes().isEmpty());
    world.staysQuietForTenMinutes();
    try (StoryWorld rebuilt = OperatorWorld.startOver(world)) {
      rebuilt.apply(volume(NFS));
      rebuilt.apply(ARestore.of("back", "b-repo").into("restored").manifests());

      rebuilt.until("restored", Duration.ofMinutes(5),
          () -> rebuilt.phase(RESTORE_SESSIONS, "back").equals("Succeeded"));

      assertThat(rebuilt.read("restored")).isEqualTo("old");
      rebuilt.staysQuietForTenMinutes();
    }
  }

  @Test
  void isEmptyOnceItWasWiped() {
    backedUpOnAVolume("hostPath: {path: /srv/catalogue}");
    String folder = "host/srv/catalogue/backups";
    assertThat(files(folder)).hasSize(3);

    world.patch(SNAPSHOTS, onlySnapshot(), "{spec: {deletionPolicy: WipeOut}}");
    world.delete(SNAPSHOTS, onlySnapshot());
    world.until("snapshot gone", () -> snapshots().isEmpty());
    assertThat(files(folder)).containsExactlyInAnyOrder("metadata.yaml", "b-repo/repository.yaml");

    world.patch(BACKUP_STORAGES, "volume", "{spec: {deletionPolicy: WipeOut}}");
    world.delete(BACKUP_STORAGES, "volume");
    world.until("volume gone", () -> world.find(BACKUP_STORAGES, "demo", "volume").isEmpty());

    assertThat(files(folder)).isEmpty();
    assertThat(world.list(REPOSITORIES)).isEmpty();
    world.until("jobs gone", () -> jobsOnVolumes().isEmpty());
  }

  @Test
  void isRefusedAtOnceWherePodSecurityForbidsItsVolume() {
    world.patch(NAMESPACES, "demo", "{metadata: {labels: {pod-security.kubernetes.io/enforce: restricted}}}");

    world.apply(volume(NFS));
    world.until("refused", () -> world.condition(BACKUP_STORAGES, "volume", "BackendInitialized")
        .equals("False:BackendInitializationFailed"));

    assertThat(world.tree(BACKUP_STORAGES, "volume").toString()).contains("enforces Pod Security restricted");
    assertThat(jobsOnVolumes()).isEmpty();

    world.patch(NAMESPACES, "demo", "{metadata: {labels: {pod-security.kubernetes.io/enforce: baseline}}}");
    world.until("ready", Duration.ofMinutes(6), () -> world.phase(BACKUP_STORAGES, "volume").equals("Ready"));
  }
}
