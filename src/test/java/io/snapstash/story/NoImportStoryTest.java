package io.snapstash.story;

import static io.snapstash.kube.ResourceTypes.RESTORE_SESSIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.csi.CsiTypes;
import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.ARestore;
import io.snapstash.fixtures.OperatorWorld;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The switch for those who want no snapshot opened by handle. */
class NoImportStoryTest extends Story {
  NoImportStoryTest() {
    super(OperatorWorld.start(Map.of("SNAPSTASH_CATALOGUE_IMPORTHANDLES", "false")));
  }

  @Test
  void aMissingVolumeSnapshotStaysMissingWhereImportsAreForbidden() {
    storage();
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source"), "b");
    world.delete(CsiTypes.VOLUME_SNAPSHOTS, world.list(CsiTypes.VOLUME_SNAPSHOTS).getFirst().getMetadata().getName());
    world.until("lost", () -> world.list(CsiTypes.VOLUME_SNAPSHOTS).isEmpty());

    restore(ARestore.of("r", "b-repo").into("restored"), "r", "Failed");

    assertThat(world.tree(RESTORE_SESSIONS, "r").at("/status/components/volumesnapshot/error").asText())
        .contains("catalogue.importHandles");
    assertThat(world.list(CsiTypes.VOLUME_SNAPSHOTS)).isEmpty();
  }
}
