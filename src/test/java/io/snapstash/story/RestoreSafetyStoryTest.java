package io.snapstash.story;

import static io.snapstash.kube.ResourceTypes.CLAIMS;
import static io.snapstash.kube.ResourceTypes.RESTORE_SESSIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.ARestore;
import io.snapstash.rules.Rule;
import io.snapstash.sandbox.apiserver.FaultPlan;
import org.junit.jupiter.api.Test;

/** A restore never leaves a volume behind that looks restored and is not, and says what went wrong. */
class RestoreSafetyStoryTest extends Story {
  private void backedUp() {
    storage();
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source"), "b");
  }

  private JsonNode component() {
    return world.tree(RESTORE_SESSIONS, "r").at("/status/components/volumesnapshot");
  }

  private void failedWithoutAClaim(String... words) {
    assertThat(component().path("phase").asText()).isEqualTo("Failed");
    assertThat(component().path("error").asText()).contains(words);
    world.until("no claim is left", () -> world.find(CLAIMS, "demo", "back").isEmpty());
    world.staysQuietForTenMinutes();
  }

  @Test
  void aClaimWhoseSourceTheApiServerDropsIsDeletedAgain() {
    backedUp();
    world.server().faults().add("create", "persistentvolumeclaims",
        new FaultPlan.What.FieldDropped("/spec", "dataSourceRef"), 1);

    restore(ARestore.of("r", "b-repo").into("back"), "r", "Failed");

    assertThat(world.server().faults().isSpent()).isTrue();
    failedWithoutAClaim("dropped the data source", "demo/back");
  }

  @Test
  void aClaimOfThatNameThatIsNotOursFailsTheComponentAndKeepsItsBytes() {
    backedUp();
    claim("back", "precious");

    restore(ARestore.of("r", "b-repo").into("back"), "r", "Failed");

    assertThat(component().path("phase").asText()).isEqualTo("Failed");
    assertThat(component().path("error").asText()).contains("demo/back", "exists already");
    assertThat(world.read("back")).isEqualTo("precious");
    world.staysQuietForTenMinutes();
  }

  @Test
  void aStorageClassOfAnotherDriverFailsBeforeAnythingIsMade() {
    backedUp();
    world.apply("""
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata: {name: foreign}
        provisioner: other.example.com
        """);

    restore(ARestore.of("r", "b-repo").into("back", "foreign", "1Gi"), "r", "Failed");

    failedWithoutAClaim("foreign", "other.example.com", "csi.sandbox.snapstash.io");
  }

  @Test
  @Rule("behaviour 7.5")
  void aVolumeSnapshotThatIsNotReadyInTimeFailsWithoutAClaim() {
    backedUp();
    claim("slow", "old");
    world.behaviour().stallSnapshotOf("slow");
    world.apply("""
        apiVersion: snapshot.storage.k8s.io/v1
        kind: VolumeSnapshot
        metadata: {name: never, namespace: demo}
        spec: {volumeSnapshotClassName: csi-snapshot-class, source: {persistentVolumeClaimName: slow}}
        """);

    restore(ARestore.of("r", "b-repo").into("back").from("never").timeout("2m"), "r", "Failed");

    failedWithoutAClaim("demo/never", "was not ready in time");
  }
}
