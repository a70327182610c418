package io.snapstash.story;

import static io.snapstash.kube.ResourceTypes.BACKUP_SESSIONS;
import static io.snapstash.kube.ResourceTypes.BACKUP_STORAGES;
import static io.snapstash.kube.ResourceTypes.CLAIMS;
import static io.snapstash.kube.ResourceTypes.JOBS;
import static io.snapstash.kube.ResourceTypes.REPOSITORIES;
import static io.snapstash.kube.ResourceTypes.ROLE_BINDINGS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Json;
import io.snapstash.engine.ResourceKey;
import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.ARestore;
import io.snapstash.fixtures.Given;
import io.snapstash.fixtures.StoryWorld;
import io.snapstash.kube.DeleteOptions;
import io.snapstash.kube.ResourceType;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may create RestoreSessions in one namespace tries to reach another one through us. */
class ReachStoryTest extends Story {
  @Test
  void aRestoreNeitherReadsNorWritesANamespaceThatDidNotLetItIn() {
    storage();
    claim("source", "secret of demo");
    backUp(ABackup.ofClaim("b", "source"), "b");
    world.patch(BACKUP_STORAGES, "s3-storage", "{spec: {usagePolicy: {allowedNamespaces: {from: Same}}}}");
    world.apply(Given.namespace("spy", "") + Given.namespace("team", "snapstash.io/allow-from: friends"));
    List<String> bindings = named("spy", ROLE_BINDINGS);

    world.apply(ARestore.of("read", "b-repo").namespace("spy").sourceNamespace("demo").into("stolen").manifests());
    ObjectNode byTemplate = ARestore.of("by-template", "b-repo").into("planted").manifests().getFirst();
    ((ObjectNode) byTemplate.at("/spec/addon/tasks/0/targetVolumes/volumeClaimTemplates/0/metadata"))
        .put("namespace", "team");
    ObjectNode byTarget = ARestore.of("by-target", "b-repo").into("planted").manifests().getFirst();
    byTarget.withObject("/spec").putObject("target").put("apiGroup", "").put("kind", "PersistentVolumeClaim")
        .put("name", "planted").put("namespace", "team");
    world.apply(List.of(byTemplate, byTarget));
    world.advance(Duration.ofMinutes(2));

    assertThat(named("spy", CLAIMS, JOBS)).isEmpty();
    assertThat(named("spy", ROLE_BINDINGS)).isEqualTo(bindings);
    assertThat(named("team", CLAIMS, JOBS, ROLE_BINDINGS)).isEmpty();
  }

  @Test
  void aBackupUsesNeitherAStorageNorAnApplicationThatDidNotLetItIn() {
    storage();
    claim("source", "secret of demo");
    backUp(ABackup.ofClaim("b", "source"), "b");
    world.apply(Given.namespace("spy", ""));
    List<String> files = world.files();
    ObjectNode ofTheTarget = ABackup.ofClaim("of-target", "source").manifests().getFirst();
    ofTheTarget.withObject("/metadata").put("namespace", "spy");
    ObjectNode ofTheFolder = repository("folder", "/b-repo", "demo");
    world.apply(List.of(ofTheTarget, ofTheFolder));
    world.advance(Duration.ofMinutes(1));

    assertThat(named("spy", JOBS, BACKUP_SESSIONS)).isEmpty();
    assertThat(world.files()).isEqualTo(files);

    world.patch(BACKUP_STORAGES, "s3-storage", "{spec: {usagePolicy: {allowedNamespaces: {from: Same}}}}");
    world.apply(List.of(repository("own", "/own", "spy")));
    world.advance(Duration.ofMinutes(1));
    StoryWorld.await(world.client().deleteIfPresent(REPOSITORIES, new ResourceKey("spy", "folder"),
        DeleteOptions.BACKGROUND));
    world.advance(Duration.ofMinutes(1));

    assertThat(world.files()).isEqualTo(files);
  }

  /** By hand, as who may edit a namespace can make it; wiped when it is deleted. */
  private static ObjectNode repository(String name, String path, String application) {
    ObjectNode repository = Json.MAPPER.createObjectNode()
        .put("apiVersion", "storage.kubestash.com/v1alpha1").put("kind", "Repository");
    repository.putObject("metadata").put("name", name).put("namespace", "spy");
    ObjectNode spec = repository.putObject("spec").put("path", path).put("deletionPolicy", "WipeOut");
    spec.putObject("appRef").put("apiGroup", "").put("kind", "PersistentVolumeClaim").put("name", "source")
        .put("namespace", application);
    spec.putObject("storageRef").put("name", "s3-storage").put("namespace", "demo");
    return repository;
  }

  private List<String> named(String namespace, ResourceType<?>... types) {
    return Stream.of(types).flatMap(type -> StoryWorld.await(world.world().list(type, namespace)).stream())
        .map(object -> object.getKind() + " " + object.getMetadata().getName()).toList();
  }
}
