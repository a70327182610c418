package io.snapstash.story;

import static io.snapstash.kube.ResourceTypes.CLAIMS;
import static io.snapstash.kube.ResourceTypes.RESTORE_SESSIONS;
import static io.snapstash.kube.ResourceTypes.SNAPSHOTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.api.Json;
import io.snapstash.csi.CsiTypes;
import io.snapstash.csi.VolumeSnapshot;
import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.ARestore;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.rules.Rule;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A driver, or a person, that does to volumes and their snapshots what nobody expects. */
@Tag("faults")
class CsiFaultStoryTest extends Story {
  private static final Duration LONG = Duration.ofMinutes(40);
  /** A run of some minutes that asks for something again and again with growing patience needs no more. */
  private static final int MOST_REQUESTS = 120;

  private void started() {
    world.hurry(Duration.ofSeconds(3));
    storage();
    claim("source", "old");
    world.apply(ABackup.ofClaim("b", "source").timeout("3m").manifests());
  }

  private void ended(String phase) {
    world.until("run " + phase, LONG, () -> runs("b").stream().anyMatch(run -> phase(run).equals(phase)));
  }

  private void backedUp() {
    started();
    ended("Succeeded");
  }

  /** What a person finds: the run, its Snapshots, restores and the events. */
  private String told() {
    return Stream.of(runs("b"), snapshots(), world.list(RESTORE_SESSIONS), world.list(ResourceTypes.EVENTS))
        .flatMap(List::stream).map(object -> Json.MAPPER.valueToTree(object).toString())
        .collect(Collectors.joining("\n"));
  }

  private void saidAndQuiet(String... words) {
    assertThat(told()).contains(words);
    assertThat(world.server().requests().matching(entry -> entry.userAgent().startsWith("system:serviceaccount:"))
        .size()).as("requests of Jobs").isLessThan(MOST_REQUESTS);
    world.staysQuietForTenMinutes();
  }

  private void restoreStarts() {
    world.apply(ARestore.of("r", "b-repo").into("back").timeout("3m").manifests());
  }

  private void restored(String phase) {
    world.until("restore " + phase, LONG, () -> world.phase(RESTORE_SESSIONS, "r").equals(phase));
  }

  private VolumeSnapshot copy() {
    return world.list(CsiTypes.VOLUME_SNAPSHOTS).getFirst();
  }

  @Test
  @Rule("behaviour 7.5")
  void anErrorForGoodFailsTheRunInTheDriversWords() {
    world.behaviour().failSnapshotOf("source");

    started();
    ended("Failed");

    saidAndQuiet("source: ", "deadline exceeded", "the simulated driver was told to fail");
  }

  @Test
  @Rule("behaviour 7.5")
  void aSnapshotThatIsNeverReadyFailsTheRunAndIsNoGoodCopy() {
    world.behaviour().stallSnapshotOf("source");

    started();
    ended("Failed");

    assertThat(snapshots()).extracting(Story::phase).containsExactly("Failed");
    saidAndQuiet("source: deadline exceeded");
  }

  @Test
  void aVolumeSnapshotThatSomebodyDeletesMidRunIsToldAndNotMadeAgainInSilence() {
    world.behaviour().stallSnapshotOf("source");
    started();
    world.until("it is being cut", () -> !world.list(CsiTypes.VOLUME_SNAPSHOTS).isEmpty());

    world.delete(CsiTypes.VOLUME_SNAPSHOTS, copy().getMetadata().getName());
    ended("Failed");

    assertThat(snapshots()).extracting(Story::phase).containsExactly("Failed");
    saidAndQuiet("was deleted before it was ready");
  }

  @Test
  void aCopyThatIsGoneIsToldAndRestoresNothing() {
    backedUp();
    world.delete(CsiTypes.VOLUME_SNAPSHOTS, copy().getMetadata().getName());
    world.until("gone", () -> world.list(CsiTypes.VOLUME_SNAPSHOTS).isEmpty());

    restoreStarts();
    restored("Failed");

    assertThat(world.find(CLAIMS, "demo", "back")).isEmpty();
    saidAndQuiet("back: VolumeSnapshot demo/source-", "was not ready in time");
  }

  @Test
  void aVolumeThatIsMadeAtTheThirdAttemptIsRestored() {
    backedUp();
    world.behaviour().failProvisioningOf("back", 2);

    restoreStarts();
    restored("Succeeded");

    assertThat(world.read("back")).isEqualTo("old");
    world.staysQuietForTenMinutes();
  }

  @Test
  @Rule("behaviour 7.5")
  void aVolumeThatIsNeverMadeFailsTheRestoreInTime() {
    backedUp();
    world.behaviour().failProvisioningOf("back", Integer.MAX_VALUE);

    restoreStarts();
    restored("Failed");

    assertThat(told()).contains("back", "deadline exceeded");
  }

  @Test
  void aRestoredClaimThatSomebodyDeletesMeanwhileIsTold() {
    backedUp();
    world.behaviour().failProvisioningOf("back", Integer.MAX_VALUE);
    restoreStarts();
    world.until("the claim is there", () -> world.find(CLAIMS, "demo", "back").isPresent());

    world.delete(CLAIMS, "back");
    world.until("over", LONG, () -> List.of("Succeeded", "Failed").contains(world.phase(RESTORE_SESSIONS, "r")));

    assertThat(world.phase(RESTORE_SESSIONS, "r")).isEqualTo("Failed");
    assertThat(told()).contains("claim demo/back was deleted before it was bound");
    assertThat(world.find(SNAPSHOTS, "demo", snapshots().getFirst().getMetadata().getName())).isPresent();
  }
}
