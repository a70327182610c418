package io.snapstash.story;

import static io.snapstash.kube.ResourceTypes.BACKUP_SESSIONS;
import static io.snapstash.kube.ResourceTypes.CLAIMS;
import static io.snapstash.kube.ResourceTypes.NAMESPACES;
import static io.snapstash.kube.ResourceTypes.REPOSITORIES;
import static io.snapstash.kube.ResourceTypes.SNAPSHOTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.api.BackupSession;
import io.snapstash.api.Json;
import io.snapstash.csi.CsiTypes;
import io.snapstash.engine.ResourceKey;
import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.Given;
import io.snapstash.fixtures.StoryWorld;
import io.snapstash.kube.DeleteOptions;
import io.snapstash.kube.ResourceType;
import io.snapstash.kube.Selection;
import io.snapstash.sandbox.Manifests;
import io.snapstash.sandbox.apiserver.RequestLog;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Much at once. Small numbers by default; {@code -Dload.all=true} takes those that a large cluster has: 1,000
 * BackupConfigurations, 500 replicas, 50,000 Snapshots.
 */
@Tag("load")
class LoadStoryTest extends Story {
  private static final Duration LONG = Duration.ofHours(3);
  private static final Duration LEAP = Duration.ofSeconds(20);
  /** Of operator and Jobs together, for one run; a run of one claim takes some 45 writes and as many reads. */
  private static final int MOST_REQUESTS_PER_RUN = 130;

  private static int sized(int few, int many) {
    return Boolean.getBoolean("load.all") ? many : few;
  }

  private <T extends HasMetadata> List<T> everywhere(ResourceType<T> type, String namespace) {
    return StoryWorld.await(world.client().list(type, Selection.in(namespace)));
  }

  private void untilLeaping(String what, BooleanSupplier so) {
    for (Duration left = LONG; !so.getAsBoolean(); left = left.minus(LEAP)) {
      assertThat(left).as(what).isPositive();
      world.leap(LEAP, LEAP);
    }
  }

  @Test
  void manyBackupsThatAreDueInTheSameMinuteEachRunOnce() {
    int many = sized(40, 1_000);
    storage();
    for (int each = 0; each < many; each++) {
      world.apply(Given.claim("claim-" + each));
      world.apply(ABackup.ofClaim("b-" + each, "claim-" + each).schedule("30 8 * * *").manifests());
    }
    untilLeaping("first runs", () -> done(many));
    world.server().requests().clear();

    world.leap(Duration.ofMinutes(30), Duration.ofMinutes(2));
    untilLeaping("second runs", () -> done(2 * many));

    assertThat(world.list(BACKUP_SESSIONS)).hasSize(2 * many);
    assertThat(world.list(CsiTypes.VOLUME_SNAPSHOTS)).hasSize(2 * many);
    assertThat(world.server().requests().count(entry -> !entry.userAgent().equals("sandbox")
        && !entry.verb().equals("watch"))).as("requests").isLessThan((long) MOST_REQUESTS_PER_RUN * many);
    world.staysQuietForTenMinutes();
  }

  private boolean done(int count) {
    List<BackupSession> runs = world.list(BACKUP_SESSIONS);
    return runs.size() == count && runs.stream().allMatch(run -> phase(run).equals("Succeeded"));
  }

  @Test
  void everyReplicaOfALargeStatefulSetIsCutOnce() {
    int replicas = sized(40, 500);
    storage();
    world.apply(Given.statefulSet("web", replicas));
    untilLeaping("bound", () -> world.phase(CLAIMS, "data-web-" + (replicas - 1))
        .equals("Bound"));

    world.apply(ABackup.ofWorkload("b", "StatefulSet", "web").manifests());
    untilLeaping("backed up", () -> runs("b").stream().anyMatch(run -> phase(run).equals("Succeeded")));

    Set<String> cut = new HashSet<>();
    world.list(CsiTypes.VOLUME_SNAPSHOTS).forEach(each -> cut.add(each.getMetadata().getName()));
    assertThat(cut).hasSize(replicas);
    assertThat(world.tree(SNAPSHOTS, snapshots().getFirst().getMetadata().getName())
        .at("/status/components")).hasSize(replicas);
    world.staysQuietForTenMinutes();
  }

  @Test
  void anOperatorThatStartsAmongManySnapshotsCountsThemAndWritesNothingElse() {
    int many = sized(1_000, 50_000);
    storage();
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source"), "b");
    StoryWorld.await(world.world().stopOperator());
    String text = Json.MAPPER.valueToTree(snapshots().getFirst()).toString();
    String moment = runs("b").getFirst().getMetadata().getName().replaceAll(".*-", "");
    IntStream.range(1, many).boxed().collect(Collectors.groupingBy(each -> each / 500)).values()
        .forEach(some -> StoryWorld.await(Future.all(some.stream().map(each -> earlier(
            text.replace(moment, Long.toString(Long.parseLong(moment) - each)))).toList())));
    world.server().requests().clear();

    StoryWorld.await(world.world().startOperator());
    world.leap(Duration.ofMinutes(2), LEAP);

    assertThat(world.server().requests().matching(entry -> !List.of("get", "list", "watch").contains(entry.verb())))
        .extracting(RequestLog.Entry::what).containsExactly("patch repositories/status");
    assertThat(world.tree(REPOSITORIES, "b-repo").at("/status/snapshotCount").asInt()).isEqualTo(many);
    world.staysQuietForTenMinutes();
  }

  private Future<?> earlier(String text) {
    ObjectNode snapshot = Manifests.parse(text).getFirst();
    ObjectNode status = snapshot.withObject("/status").deepCopy();
    snapshot.remove("status");
    ((ObjectNode) snapshot.path("metadata")).remove(List.of("uid", "resourceVersion", "creationTimestamp",
        "generation", "managedFields"));
    return world.client().create(SNAPSHOTS, "demo", snapshot).compose(made ->
        world.client().patchStatus(SNAPSHOTS, new ResourceKey("demo",
            made.getMetadata().getName()), Json.MAPPER.createObjectNode().set("status", status)));
  }

  @Test
  void aNamespaceThatIsDeletedMidRunGoesAndTheOthersDoNotNotice() {
    storage();
    claim("source", "old");
    world.apply(Given.namespace("doomed", "") + Given.claim("doomed", "source", "csi-standard", "Filesystem"));
    world.behaviour().snapshotsTake(Duration.ofMinutes(1));
    ABackup doomed = ABackup.ofClaim("b", "source").targetNamespace("doomed");
    ObjectNode manifest = doomed.manifests().getFirst();
    manifest.withObject("/metadata").put("namespace", "doomed");
    ((ObjectNode) manifest.at("/spec/sessions/0/repositories/0")).put("directory", "/doomed");
    world.apply(doomed.manifests());
    world.apply(ABackup.ofClaim("b", "source").manifests());
    world.until("both run", () -> everywhere(BACKUP_SESSIONS, "doomed").stream().anyMatch(run ->
        phase(run).equals("Running")) && runs("b").stream().anyMatch(run -> phase(run).equals("Running")));

    StoryWorld.await(world.client().delete(NAMESPACES, ResourceKey.clusterScoped("doomed"), DeleteOptions.BACKGROUND));
    world.until("it is gone", Duration.ofMinutes(15), () -> world.find(NAMESPACES, "", "doomed").isEmpty());
    world.until("the other has succeeded", () -> runs("b").stream().anyMatch(run -> phase(run).equals("Succeeded")));

    world.staysQuietForTenMinutes();
  }
}
