package io.snapstash.story;

import static io.snapstash.kube.ResourceTypes.BACKUP_CONFIGURATIONS;
import static io.snapstash.kube.ResourceTypes.BACKUP_STORAGES;
import static io.snapstash.kube.ResourceTypes.REPOSITORIES;
import static io.snapstash.kube.ResourceTypes.RESTORE_SESSIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.ARestore;
import io.snapstash.fixtures.Given;
import io.snapstash.fixtures.StoryWorld;
import io.snapstash.sandbox.Manifests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order in which objects appear does not matter. */
class OrderStoryTest extends Story {
  /** They cannot be watched, so a late one is found by looking again (behaviour 17.3). */
  private static final Duration SECRETS_ARE_LOOKED_FOR_EVERY = Duration.ofMinutes(6);

  private static List<ObjectNode> everything() {
    List<ObjectNode> all = new ArrayList<>(Manifests.file("k8s/samples/00-storage.yaml"));
    all.removeIf(manifest -> manifest.path("kind").asText().equals("Namespace"));
    all.addAll(Manifests.parse(Given.claim("source")));
    all.addAll(ABackup.ofClaim("b", "source").manifests());
    all.addAll(ARestore.of("r", "b-repo").into("back").manifests());
    return all;
  }

  private void everythingEndsWell() {
    world.until("restored", SECRETS_ARE_LOOKED_FOR_EVERY, () -> world.phase(RESTORE_SESSIONS, "r").equals("Succeeded"));
    assertThat(world.phase(BACKUP_STORAGES, "s3-storage")).isEqualTo("Ready");
    assertThat(world.phase(REPOSITORIES, "b-repo")).isEqualTo("Ready");
    assertThat(world.phase(BACKUP_CONFIGURATIONS, "b")).isEqualTo("Ready");
    assertThat(runs("b")).hasSize(1);
    world.staysQuietForTenMinutes();
  }

  @Test
  void appliedInReverseOrder() {
    List<ObjectNode> all = everything();
    Collections.reverse(all);

    all.forEach(manifest -> {
      world.apply(List.of(manifest));
      world.settle();
    });

    everythingEndsWell();
  }

  @Test
  void appliedAllAtOnce() {
    world.apply(everything());

    everythingEndsWell();
  }

  @Test
  void alreadyThereWhenTheOperatorStarts() {
    StoryWorld.await(world.world().stopOperator());
    world.apply(everything());
    world.settle();

    StoryWorld.await(world.world().startOperator());

    everythingEndsWell();
  }

  @Test
  void theFirstBackupWaitsForVolumesThatAreStillBeingMade() {
    storage();
    world.behaviour().provisioningTakes(Duration.ofSeconds(40));
    world.apply(Given.statefulSet("web", 3));
    backUp(ABackup.ofWorkload("b", "StatefulSet", "web"), "b");

    assertThat(runs("b")).hasSize(1);
    world.staysQuietForTenMinutes();
  }

  @Test
  void theFirstBackupTellsOfAClaimThatNeverGetsAVolume() {
    storage();
    world.behaviour().failProvisioningOf("source", Integer.MAX_VALUE);
    world.apply(Given.claim("source"));
    world.apply(ABackup.ofClaim("b", "source").manifests());

    world.until("failed", Duration.ofMinutes(5), () -> runs("b").stream().anyMatch(run -> phase(run).equals("Failed")));
    assertThat(snapshots().getFirst().getStatus().components().get("volumesnapshot").error())
        .contains("demo/source is not bound to a volume");
  }

  @Test
  void theRestoreWaitsForTheFirstSnapshotOfItsRepository() {
    storage();
    world.apply(ARestore.of("r", "b-repo").into("back").manifests());
    world.settle();
    assertThat(world.phase(RESTORE_SESSIONS, "r")).isEqualTo("Pending");
    assertThat(world.condition(RESTORE_SESSIONS, "r", "DependenciesFound")).isEqualTo("False:SnapshotNotFound");

    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source"), "b");

    everythingEndsWell();
  }
}
