package io.snapstash.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.OperatorWorld;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Scheduled runs begin at their own moment after the minute. */
class SpreadStoryTest extends Story {
  SpreadStoryTest() {
    super(OperatorWorld.start(Map.of("SNAPSTASH_BACKUP_STARTSPREAD", "40s")));
  }

  @Test
  void theFirstRunBeginsAtOnceAndAScheduledOneWaitsForItsMoment() {
    storage();
    claim("source", "old");
    ZonedDateTime slot = world.time().now().atZone(ZoneOffset.UTC).plusMinutes(2);

    backUp(ABackup.ofClaim("b", "source").schedule(slot.getMinute() + " " + slot.getHour() + " * * *"), "b");
    assertThat(world.time().now()).isBefore(slot.toInstant());
    world.until("the second run is there", Duration.ofMinutes(3), () -> runs("b").size() == 2);

    assertThat(phase(runs("b").get(1))).isEmpty();
    world.until("it succeeds", Duration.ofSeconds(45), () -> phase(runs("b").get(1)).equals("Succeeded"));
  }
}
