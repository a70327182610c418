package io.snapstash.story;

import static io.snapstash.kube.ResourceTypes.BACKUP_CONFIGURATIONS;
import static io.snapstash.kube.ResourceTypes.BACKUP_SESSIONS;
import static io.snapstash.kube.ResourceTypes.BACKUP_STORAGES;
import static io.snapstash.kube.ResourceTypes.CLAIMS;
import static io.snapstash.kube.ResourceTypes.RESTORE_SESSIONS;
import static io.snapstash.kube.ResourceTypes.SNAPSHOTS;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.api.BackupSession;
import io.snapstash.api.Json;
import io.snapstash.api.Snapshot;
import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.ARestore;
import io.snapstash.fixtures.Given;
import io.snapstash.fixtures.OperatorWorld;
import io.snapstash.fixtures.Permissions;
import io.snapstash.fixtures.StoryWorld;
import io.snapstash.sandbox.Manifests;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** What stories have in common: a world with an operator, and the sentences they are told in. */
abstract class Story {
  protected final StoryWorld world;

  Story() {
    this(OperatorWorld.start());
  }

  Story(StoryWorld world) {
    this.world = world;
    Permissions.told(getClass());
  }

  @AfterEach
  void close() {
    world.close();
  }

  /** Secret, BackupStorage and RetentionPolicy of the samples, on the story's own object store. */
  protected void storage() {
    world.apply(Manifests.file("k8s/samples/00-storage.yaml"));
    world.until("storage ready", () -> world.phase(BACKUP_STORAGES, "s3-storage").equals("Ready"));
  }

  /** A bound claim with content. */
  protected void claim(String name, String content) {
    world.apply(Given.claim(name));
    bound(name);
    world.write(name, content);
  }

  protected void bound(String claim) {
    world.until(claim + " bound", () -> world.phase(CLAIMS, claim).equals("Bound"));
  }

  protected void backUp(ABackup backup, String name) {
    world.apply(backup.manifests());
    world.until("backup of " + name, Duration.ofMinutes(5), () -> !runs(name).isEmpty()
        && runs(name).stream().allMatch(run -> phase(run).equals("Succeeded")));
  }

  protected void restore(ARestore restore, String name, String phase) {
    world.apply(restore.manifests());
    world.until("restore " + name + " " + phase, Duration.ofMinutes(5),
        () -> world.phase(RESTORE_SESSIONS, name).equals(phase));
  }

  /** The runs of a BackupConfiguration, oldest first. */
  protected List<BackupSession> runs(String configuration) {
    return world.list(BACKUP_SESSIONS).stream()
        .filter(run -> run.getSpec().invoker().name().equals(configuration))
        .sorted(Comparator.comparing((BackupSession run) -> run.getMetadata().getCreationTimestamp())
            .thenComparing(run -> run.getMetadata().getName())).toList();
  }

  protected List<Snapshot> snapshots() {
    return world.list(SNAPSHOTS);
  }

  protected static String phase(HasMetadata object) {
    return Json.MAPPER.<JsonNode>valueToTree(object).at("/status/phase").asText("");
  }

  protected String dependency(String configuration) {
    return world.condition(BACKUP_CONFIGURATIONS, configuration, "DependenciesFound");
  }
}
