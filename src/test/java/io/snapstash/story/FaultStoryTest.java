package io.snapstash.story;

import static io.snapstash.kube.ResourceTypes.BACKUP_CONFIGURATIONS;
import static io.snapstash.kube.ResourceTypes.BACKUP_STORAGES;
import static io.snapstash.kube.ResourceTypes.REPOSITORIES;
import static io.snapstash.kube.ResourceTypes.RESTORE_SESSIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.api.Json;
import io.snapstash.csi.CsiTypes;
import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.ARestore;
import io.snapstash.fixtures.StoryWorld;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.sandbox.Manifests;
import io.snapstash.sandbox.Programs;
import io.snapstash.sandbox.apiserver.FaultPlan;
import io.snapstash.sandbox.apiserver.RequestLog;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An API server that has a bad day: each kind of request goes wrong once, of the operator's and of each Job's. It takes
 * its time; five more ways, which our side handles as it handles these three, are played with {@code -Dfaults.all=true}.
 */
@Tag("faults")
class FaultStoryTest extends Story {
  private static final Duration LONG = Duration.ofHours(1);
  private static final int MOST_ATTEMPTS = 100;
  /** So many at least, lest the story quietly tests less. */
  private static final int KINDS_OF_REQUESTS = 90;

  /** What has gone wrong by now, as who and what. */
  private final Set<String> met = ConcurrentHashMap.newKeySet();

  static Stream<FaultPlan.What> passingTroubles() {
    List<FaultPlan.What> telling = List.of(status(409, "Conflict"), new FaultPlan.What.ResetAfterCommit(),
        new FaultPlan.What.Delay(Duration.ofSeconds(40)));
    List<FaultPlan.What> alike = List.of(status(429, "TooManyRequests"), status(500, "InternalError"),
        status(503, "ServiceUnavailable"), status(504, "Timeout"), new FaultPlan.What.ResetBeforeCommit());
    return Stream.concat(telling.stream(), Boolean.getBoolean("faults.all") ? alike.stream() : Stream.of());
  }

  private static FaultPlan.What status(int code, String reason) {
    return new FaultPlan.What.Status(code, reason, "the API server has a bad day");
  }

  private static boolean isOurs(RequestLog.Entry entry) {
    return entry.userAgent().equals(Programs.OPERATOR) || entry.userAgent().startsWith("system:serviceaccount:");
  }

  private boolean isFirstOfItsKind(RequestLog.Entry entry) {
    return isOurs(entry) && met.add(entry.userAgent() + " " + entry.what());
  }

  @ParameterizedTest
  @MethodSource("passingTroubles")
  void aBackupItsRestoreAndItsRemovalEndAsIfNothingHadHappened(FaultPlan.What trouble) {
    world.hurry(Duration.ofSeconds(3));
    StoryWorld.await(world.world().stopOperator());
    world.server().faults().add(this::isFirstOfItsKind, trouble, Integer.MAX_VALUE);
    Future<?> started = world.world().startOperator();
    world.until("operator ready", LONG, started::isComplete);
    world.apply(Manifests.file("k8s/samples/00-storage.yaml"));
    world.until("storage ready", LONG, () -> world.phase(BACKUP_STORAGES, "s3-storage").equals("Ready"));
    claim("source", "old");

    world.apply(ABackup.ofClaim("b", "source").manifests());
    world.until("backed up", LONG, () -> !runs("b").isEmpty() && !phase(runs("b").getFirst()).equals("Running")
        && !phase(runs("b").getFirst()).equals("Pending") && !phase(runs("b").getFirst()).isEmpty());
    assertThat(runs("b")).singleElement().extracting(Story::phase).isEqualTo("Succeeded");
    assertThat(snapshots()).singleElement().extracting(Story::phase).isEqualTo("Succeeded");
    assertThat(world.list(CsiTypes.VOLUME_SNAPSHOTS)).hasSize(1);
    assertThat(world.disks().snapshotHandles()).hasSize(1);

    world.apply(ARestore.of("back", "b-repo").into("restored").manifests());
    world.until("restored", LONG, () -> Set.of("Succeeded", "Failed").contains(world.phase(RESTORE_SESSIONS, "back")));
    assertThat(world.phase(RESTORE_SESSIONS, "back")).isEqualTo("Succeeded");
    assertThat(world.read("restored")).isEqualTo("old");

    world.patch(REPOSITORIES, "b-repo", "{spec: {deletionPolicy: WipeOut}}");
    world.delete(BACKUP_CONFIGURATIONS, "b");
    world.delete(REPOSITORIES, "b-repo");
    world.until("wiped", LONG, () -> world.list(REPOSITORIES).isEmpty());
    assertThat(snapshots()).isEmpty();
    assertThat(world.disks().snapshotHandles()).isEmpty();
    assertThat(world.files()).noneMatch(key -> key.contains("b-repo/"));
    assertThat(met).as("kinds of requests that went wrong").hasSizeGreaterThan(KINDS_OF_REQUESTS);
    world.server().faults().clear();
    world.staysQuietForTenMinutes();
  }

  @ParameterizedTest
  @CsvSource({"create, jobs, 403, Forbidden", "create, jobs, 422, Invalid", "create, snapshots, 403, Forbidden",
      "create, volumesnapshots, 403, Forbidden", "create, volumesnapshots, 422, Invalid",
      "list, volumesnapshotclasses, 403, Forbidden"})
  void aRunThatIsRefusedSomethingForGoodEndsWithinItsTimeAndSaysWhy(
      String verb, String resource, int code, String reason) {
    storage();
    claim("source", "old");
    world.hurry(Duration.ofSeconds(3));
    String what = verb + " " + resource;
    world.server().faults().add(entry -> isOurs(entry) && entry.what().equals(what),
        new FaultPlan.What.Status(code, reason, "not for you"), Integer.MAX_VALUE);

    world.apply(ABackup.ofClaim("b", "source").timeout("4m").manifests());
    world.until("over", LONG, () -> runs("b").stream().map(Story::phase).anyMatch("Failed"::equals));

    assertThat(told()).contains("not for you");
    assertThat(world.server().requests().matching(entry -> isOurs(entry) && entry.what().equals(what)).size())
        .as("attempts").isLessThan(MOST_ATTEMPTS);
  }

  /** What a person would find: the run, its Snapshots, and the events. */
  private String told() {
    return Stream.of(runs("b"), snapshots(), world.list(ResourceTypes.EVENTS)).flatMap(List::stream)
        .map(object -> Json.MAPPER.valueToTree(object).toString()).collect(Collectors.joining("\n"));
  }
}
