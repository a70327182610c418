package io.snapstash.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.snapstash.api.Json;
import io.snapstash.csi.CsiTypes;
import io.snapstash.domain.plan.BackupPlan;
import io.snapstash.domain.plan.RestorePlan;
import io.snapstash.engine.ResourceKey;
import io.snapstash.fixtures.Given;
import io.snapstash.fixtures.StoryWorld;
import io.snapstash.kube.ResourceType;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.sandbox.Manifests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A Pod may be killed at any point and its successor runs the same command again. Each scenario runs undisturbed, then
 * once for each of its writes and each way in which that write can go wrong, in a namespace of its own each time; it has
 * to end alike.
 */
class KillAtEachWriteTest {
  private static final Set<Integer> RUN_AGAIN = Set.of(JobExit.TRY_AGAIN, JobExit.BUG);
  private static final List<MortalCommand.Trouble> TROUBLES = List.of(MortalCommand.Trouble.WRITE_IS_LOST,
      MortalCommand.Trouble.ANSWER_IS_LOST, MortalCommand.Trouble.DIES_AFTER_WRITE);
  private static final int MOST_PODS = 3;
  private static final String SUFFIX = "1705402801";
  private static StoryWorld world;
  private static int namespaces;

  /** How it ended: the last exit code, and everything that is there, without times and uids. */
  private record End(int exitCode, List<String> objects) {}

  @BeforeAll
  static void start() {
    world = StoryWorld.start();
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void backupOfTwoClaimsIntoTwoSnapshotsEndsAlike() {
    endsAlike("backup", 6, KillAtEachWriteTest::backupPlan, context -> new BackupCommand(context).run());
  }

  @Test
  void backupWhoseNameIsTakenEndsAlike() {
    endsAlike("backup with a taken name", 7, namespace -> {
      String plan = backupPlan(namespace);
      world.apply("""
          apiVersion: snapshot.storage.k8s.io/v1
          kind: VolumeSnapshot
          metadata: {name: a-%s, namespace: %s}
          spec: {volumeSnapshotClassName: csi-snapshot-class, source: {persistentVolumeClaimName: a}}
          """.formatted(SUFFIX, namespace));
      return plan;
    }, context -> new BackupCommand(context).run());
  }

  @Test
  void restoreOfTwoClaimsEndsAlike() {
    endsAlike("restore", 4, namespace -> restorePlan(namespace, false), context -> new RestoreCommand(context).run());
  }

  @Test
  void restoreOfAClaimThatLosesItsSourceEndsAlikeAndLeavesNoEmptyClaim() {
    End end = endsAlike("restore with a dropped source", 5, namespace -> restorePlan(namespace, true),
        context -> new RestoreCommand(context).run());

    assertThat(end.exitCode()).isEqualTo(JobExit.FAILED);
    assertThat(end.objects()).filteredOn(object -> object.startsWith("PersistentVolumeClaim"))
        .extracting(object -> object.split(" ")[1]).containsExactly("a", "b", "back-b");
  }

  private static End endsAlike(String scenario, int expectedWrites, Function<String, String> plan,
      ToIntFunction<JobContext> command) {
    String first = freshNamespace();
    MortalCommand undisturbed = new MortalCommand(world, MortalCommand.Trouble.NOTHING, 0);
    End wanted = end(undisturbed.run(plan.apply(first), command), first);
    System.out.println(scenario + ": W=" + undisturbed.writes());
    assertThat(undisturbed.writes()).as(scenario).isEqualTo(expectedWrites);
    for (int at = 1; at <= undisturbed.writes(); at++) {
      for (MortalCommand.Trouble trouble : TROUBLES) {
        String namespace = freshNamespace();
        assertThat(lastOf(namespace, plan.apply(namespace), command, trouble, at))
            .as("%s, write %d: %s", scenario, at, trouble).isEqualTo(wanted);
      }
    }
    return wanted;
  }

  /** As the Job controller does: a Pod that died, or gave up for now, has a successor. */
  private static End lastOf(String namespace, String plan, ToIntFunction<JobContext> command,
      MortalCommand.Trouble trouble, int at) {
    OptionalInt exit = new MortalCommand(world, trouble, at).run(plan, command);
    for (int pods = 1; pods < MOST_PODS && (exit.isEmpty() || RUN_AGAIN.contains(exit.getAsInt())); pods++) {
      exit = new MortalCommand(world, MortalCommand.Trouble.NOTHING, 0).run(plan, command);
    }
    return end(exit, namespace);
  }

  private static String freshNamespace() {
    String name = "run-" + ++namespaces;
    world.apply(Given.namespace(name, "") + Given.claim(name, "a", "csi-standard", "Filesystem")
        + Given.claim(name, "b", "csi-standard", "Filesystem"));
    world.until("claims bound", () -> Stream.of("a", "b").allMatch(claim ->
        tree(ResourceTypes.CLAIMS, name, claim).at("/status/phase").asText().equals("Bound")));
    return name;
  }

  private static String backupPlan(String namespace) {
    for (String name : List.of("one", "two")) {
      world.apply("""
          apiVersion: storage.kubestash.com/v1alpha1
          kind: Snapshot
          metadata: {name: %s, namespace: %s, annotations: {snapstash.io/backup-session-uid: uid-of-run}}
          spec:
            snapshotID: 01HM97QEHN1Y2TZ7D2PQ5YZ7D%s
            type: FullBackup
            repository: repo
            session: frequent
            backupSession: run
            version: v1
            appRef: {kind: PersistentVolumeClaim, name: a, namespace: %s}
          """.formatted(name, namespace, name.equals("one") ? "1" : "2", namespace));
    }
    List<BackupPlan.Claim> claims = Stream.of("a", "b")
        .map(name -> new BackupPlan.Claim(namespace, name, null, "csi-snapshot-class", null)).toList();
    return json(new BackupPlan("run", namespace, "uid-of-run", "b", "frequent", SUFFIX,
        world.time().now().plus(Duration.ofHours(1)),
        List.of(new BackupPlan.SnapshotRef(namespace, "one"), new BackupPlan.SnapshotRef(namespace, "two")),
        List.of(new BackupPlan.Component("volumesnapshot", claims, null))));
  }

  /** @param dropped whether the API server will drop the source of the first claim without a word */
  private static String restorePlan(String namespace, boolean dropped) {
    for (String name : List.of("a", "b")) {
      world.apply("""
          apiVersion: snapshot.storage.k8s.io/v1
          kind: VolumeSnapshot
          metadata: {name: cut-%1$s, namespace: %2$s}
          spec: {volumeSnapshotClassName: csi-snapshot-class, source: {persistentVolumeClaimName: %1$s}}
          """.formatted(name, namespace));
    }
    world.apply("""
        apiVersion: core.kubestash.com/v1alpha1
        kind: RestoreSession
        metadata: {name: r, namespace: %s}
        spec:
          dataSource: {snapshot: one}
          addon: {name: pvc-addon, tasks: [{name: volume-snapshot-restore}]}
        """.formatted(namespace));
    String uid = tree(ResourceTypes.RESTORE_SESSIONS, namespace, "r").at("/metadata/uid").asText();
    List<RestorePlan.Claim> claims = Stream.of("a", "b").map(name -> new RestorePlan.Claim(namespace, "back-" + name,
        restored(namespace, name, uid, dropped && name.equals("a")), namespace, "cut-" + name, false, null, null)).toList();
    return json(new RestorePlan("r", namespace, uid, world.time().now().plus(Duration.ofHours(1)),
        List.of(new RestorePlan.Component("volumesnapshot", claims, List.of(), null))));
  }

  private static ObjectNode restored(String namespace, String name, String uid, boolean dropped) {
    return Manifests.parse("""
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: back-%1$s
          namespace: %2$s
          labels: {kubestash.com/invoker-name: r}
          annotations: {snapstash.io/restore-session-uid: %3$s}
        spec:
          accessModes: [ReadWriteOnce]
          storageClassName: csi-standard
          resources: {requests: {storage: 1Gi}}
          dataSourceRef: {apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: cut-%1$s%4$s}
        """.formatted(name, namespace, uid, dropped ? ", namespace: " + namespace : "")).getFirst();
  }

  private static String json(Object plan) {
    try {
      return Json.MAPPER.writeValueAsString(plan);
    } catch (JsonProcessingException bug) {
      throw new IllegalStateException(bug);
    }
  }

  private static End end(OptionalInt exit, String namespace) {
    world.until("what goes is gone", () -> StoryWorld.await(world.world().list(ResourceTypes.CLAIMS, namespace)).stream()
        .noneMatch(claim -> claim.getMetadata().getDeletionTimestamp() != null));
    List<String> objects = new ArrayList<>();
    for (ResourceType<? extends HasMetadata> kind : Arrays.asList(CsiTypes.VOLUME_SNAPSHOTS, ResourceTypes.CLAIMS,
        ResourceTypes.SNAPSHOTS, ResourceTypes.RESTORE_SESSIONS)) {
      StoryWorld.await(world.world().list(kind, namespace)).stream()
          .map(object -> picture(kind, object, namespace)).sorted().forEach(objects::add);
    }
    objects.add("contents " + StoryWorld.await(world.world().list(CsiTypes.VOLUME_SNAPSHOT_CONTENTS, "")).stream()
        .filter(content -> Json.MAPPER.valueToTree(content).at("/spec/volumeSnapshotRef/namespace").asText()
            .equals(namespace)).count());
    return new End(exit.orElse(-1), objects);
  }

  private static String picture(ResourceType<?> kind, HasMetadata object, String namespace) {
    JsonNode tree = Json.MAPPER.valueToTree(object);
    ObjectNode shown = Json.MAPPER.createObjectNode();
    shown.set("labels", tree.at("/metadata/labels"));
    shown.set("source", tree.at("/spec/dataSourceRef"));
    shown.set("size", tree.at("/spec/resources/requests/storage"));
    shown.set("phase", tree.at("/status/phase"));
    shown.set("ready", tree.at("/status/readyToUse"));
    shown.set("components", tree.at("/status/components"));
    shown.findParents("duration").forEach(each -> ((ObjectNode) each).remove("duration"));
    shown.findParents("volumeSnapshotTime").forEach(each -> ((ObjectNode) each).remove("volumeSnapshotTime"));
    return kind.kind() + " " + object.getMetadata().getName() + " " + shown.toString().replace(namespace, "NAMESPACE");
  }

  private static JsonNode tree(ResourceType<?> type, String namespace, String name) {
    return StoryWorld.await(world.client().find(type, new ResourceKey(namespace, name)))
        .<JsonNode>map(Json.MAPPER::valueToTree).orElse(Json.MAPPER.createObjectNode());
  }
}
