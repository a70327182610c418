package io.snapstash.story;

import static io.snapstash.kube.ResourceTypes.BACKUP_STORAGES;
import static io.snapstash.kube.ResourceTypes.RESTORE_SESSIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.BackupStorage;
import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.ARestore;
import io.snapstash.fixtures.Given;
import io.snapstash.fixtures.OperatorWorld;
import io.snapstash.fixtures.Permissions;
import io.snapstash.sandbox.Manifests;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An operator of the namespace demo alone, on a cluster that has others. */
class NamespacedStoryTest extends Story {
  NamespacedStoryTest() {
    super(OperatorWorld.start(Map.of("SNAPSTASH_WATCHNAMESPACES", "demo", "SNAPSTASH_CATALOGUE_IMPORTHANDLES", "false")));
  }

  @Test
  void worksInItsNamespaceAndAsksForNothingInAnother() {
    world.apply(Given.namespace("other", "snapstash.io/allow-from: demo"));
    List<ObjectNode> foreign = Manifests.file("k8s/samples/00-storage.yaml").stream()
        .filter(object -> !object.path("kind").asText().equals("Namespace"))
        .peek(object -> object.withObject("/metadata").put("namespace", "other")).toList();
    world.apply(foreign);
    storage();
    claim("source", "alpha");
    backUp(ABackup.ofClaim("b", "source"), "b");
    restore(ARestore.of("r", "b-repo").into("target"), "r", "Succeeded");
    ObjectNode away = ARestore.of("away", "b-repo").into("planted").manifests().getFirst();
    away.withObject("/spec").putObject("target").put("apiGroup", "").put("kind", "PersistentVolumeClaim")
        .put("name", "planted").put("namespace", "other");
    world.apply(List.of(away));
    world.until("refused", () -> world.phase(RESTORE_SESSIONS, "away").equals("Invalid"));

    assertThat(world.read("target")).isEqualTo("alpha");
    BackupStorage untouched = world.find(BACKUP_STORAGES, "other", "s3-storage").orElseThrow();
    assertThat(untouched.getStatus()).isNull();
    assertThat(untouched.getMetadata().getFinalizers()).isEmpty();
    assertThat(Permissions.beyondNamespaced(world)).isEmpty();
  }
}
