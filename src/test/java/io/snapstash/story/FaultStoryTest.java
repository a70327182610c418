package io.snapstash.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.api.Json;
import io.snapstash.fixtures.ABackup;
import io.snapstash.kube.ResourceTypes;
import io.snapstash.sandbox.Programs;
import io.snapstash.sandbox.apiserver.FaultPlan;
import io.snapstash.sandbox.apiserver.RequestLog;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An API server that refuses something for good. */
@Tag("faults")
class FaultStoryTest extends Story {
  private static final Duration LONG = Duration.ofHours(1);
  private static final int MOST_ATTEMPTS = 100;

  private static boolean isOurs(RequestLog.Entry entry) {
    return entry.userAgent().equals(Programs.OPERATOR) || entry.userAgent().startsWith("system:serviceaccount:");
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
