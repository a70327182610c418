package io.snapstash.story;

import static io.snapstash.kube.ResourceTypes.BACKUP_CONFIGURATIONS;
import static io.snapstash.kube.ResourceTypes.BACKUP_STORAGES;
import static io.snapstash.kube.ResourceTypes.RETENTION_POLICIES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.fixtures.ABackup;
import org.junit.jupiter.api.Test;

/** A backup that does not say where to, on a cluster that nobody asks for admission. */
class DefaultStorageStoryTest extends Story {
  @Test
  void aConfigurationWithoutBackendsUsesTheDefaultsAsSoonAsThereAreSomeAndStaysAsTheUserWroteIt() {
    storage();
    claim("source", "bytes");
    ObjectNode manifest = ABackup.ofClaim("b", "source").manifests().getFirst();
    ((ObjectNode) manifest.path("spec")).remove("backends");
    ((ObjectNode) manifest.at("/spec/sessions/0/repositories/0")).remove("backend");
    world.apply(manifest.toString());
    world.until("invalid without a default", () -> world.phase(BACKUP_CONFIGURATIONS, "b").equals("Invalid"));

    world.patch(RETENTION_POLICIES, "keep-a-few", "{spec: {default: true}}");
    world.patch(BACKUP_STORAGES, "s3-storage", "{spec: {default: true}}");

    world.until("ready", () -> world.phase(BACKUP_CONFIGURATIONS, "b").equals("Ready"));
    world.until("backed up", () -> !runs("b").isEmpty() && phase(runs("b").getFirst()).equals("Succeeded"));
    assertThat(world.tree(BACKUP_CONFIGURATIONS, "b").at("/spec/backends").isMissingNode()).isTrue();
    world.staysQuietForTenMinutes();
  }
}
