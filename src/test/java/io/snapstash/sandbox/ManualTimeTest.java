package io.snapstash.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.engine.Cancellable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualTimeTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private final ManualTime time = new ManualTime(START);
  private final List<String> ran = new ArrayList<>();

  @Test
  void runsWhatFallsDueInOrderAndEachAtItsOwnInstant() {
    time.schedule(Duration.ofSeconds(20), () -> ran.add("second at " + time.now()));
    time.schedule(Duration.ofSeconds(10), () -> ran.add("first at " + time.now()));
    time.schedule(Duration.ofSeconds(60), () -> ran.add("never"));

    time.advance(Duration.ofSeconds(30));

    assertThat(ran).containsExactly("first at 2026-03-01T00:00:10Z", "second at 2026-03-01T00:00:20Z");
    assertThat(time.now()).isEqualTo(START.plusSeconds(30));
  }

  @Test
  void runsWhatATimerPlansForTheSameStretch() {
    time.schedule(Duration.ofSeconds(1), () -> time.schedule(Duration.ofSeconds(1), () -> ran.add("chained")));

    time.advance(Duration.ofSeconds(2));

    assertThat(ran).containsExactly("chained");
  }

  @Test
  void forgetsWhatWasCalledOff() {
    Cancellable planned = time.schedule(Duration.ofSeconds(1), () -> ran.add("called off"));

    planned.cancel();
    planned.cancel();
    time.advance(Duration.ofMinutes(1));

    assertThat(ran).isEmpty();
    assertThat(time.untilNext()).isEmpty();
  }

  @Test
  void tellsHowLongItIsUntilTheNextTimer() {
    time.schedule(Duration.ofMinutes(5), () -> { });
    time.schedule(Duration.ofMinutes(3), () -> { });

    assertThat(time.untilNext()).contains(Duration.ofMinutes(3));
  }
}
