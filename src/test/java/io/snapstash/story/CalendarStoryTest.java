package io.snapstash.story;

import static io.snapstash.kube.ResourceTypes.BACKUP_CONFIGURATIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.CrookedClock;
import io.snapstash.fixtures.OperatorWorld;
import io.snapstash.fixtures.Permissions;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Days that are not as long, or not as frequent, as others. */
@Tag("clock")
class CalendarStoryTest {
  private static final Duration LEAP = Duration.ofMinutes(4);

  /** A story that begins in the evening before. */
  private static final class Evening extends Story {
    private Evening(String begin) {
      super(OperatorWorld.startAt(Instant.parse(begin), new CrookedClock(), new CrookedClock()));
      Permissions.told(CalendarStoryTest.class);
    }

    private void backsUp(String schedule) {
      storage();
      claim("source", "old");
      world.apply(ABackup.ofClaim("b", "source").schedule(schedule).manifests());
    }

    private void hasRunAt(String... slots) {
      assertThat(runs("b").stream().skip(1).map(run -> run.getMetadata().getName()))
          .containsExactlyElementsOf(Stream.of(slots)
              .map(slot -> "b-frequent-" + Instant.parse(slot).getEpochSecond()).toList());
      assertThat(runs("b")).extracting(Story::phase).containsOnly("Succeeded");
    }

    private String next() {
      return world.tree(BACKUP_CONFIGURATIONS, "b").at("/status/sessions/0/nextSchedule").asText();
    }
  }

  @Test
  void whatIsDueOnTheLeapDayRunsThenAndFourYearsLater() {
    Evening evening = new Evening("2028-02-28T23:50:20Z");
    try {
      evening.backsUp("0 0 29 2 *");
      evening.world.until("planned", () -> evening.next().equals("2028-02-29T00:00:00Z"));

      evening.world.leap(Duration.ofMinutes(12), LEAP);

      evening.hasRunAt("2028-02-29T00:00:00Z");
      assertThat(evening.next()).isEqualTo("2032-02-29T00:00:00Z");
    } finally {
      evening.close();
    }
  }

  /** Schedules are in UTC: the hour that a country leaves out, or has twice, is an hour like any other. */
  @Test
  void theNightOfSummerTimeHasEachHourOnce() {
    Evening evening = new Evening("2026-03-29T00:50:20Z");
    try {
      evening.backsUp("0 * * * *");

      evening.world.leap(Duration.ofMinutes(136), LEAP);

      evening.hasRunAt("2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z", "2026-03-29T03:00:00Z");
    } finally {
      evening.close();
    }
  }
}
