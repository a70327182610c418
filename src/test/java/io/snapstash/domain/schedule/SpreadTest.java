package io.snapstash.domain.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpreadTest {
  private static final Instant SLOT = Instant.parse("2026-03-02T08:00:00Z");
  private static final Duration MOST = Duration.ofSeconds(10);

  @Test
  void schedulesOfOneMinuteBeginAtDifferentTimesWithinTheBound() {
    List<Duration> waits = IntStream.range(0, 1000).mapToObj(n -> Spread.wait("demo/b-" + n, SLOT, MOST, SLOT)).toList();

    assertThat(waits).allSatisfy(wait -> assertThat(wait).isBetween(Duration.ZERO, MOST));
    assertThat(waits.stream().map(Duration::toSeconds).distinct()).hasSize(10);
  }

  @Test
  void eachHasItsOwnTimeAgainAndAgain() {
    Duration first = Spread.wait("demo/b", SLOT, MOST, SLOT);
    Instant next = SLOT.plus(Duration.ofDays(1));

    assertThat(Spread.wait("demo/b", next, MOST, next)).isEqualTo(first).isPositive();
    assertThat(Spread.wait("demo/b", next, MOST, next.plus(first))).isZero();
  }

  @Test
  void aRunThatIsLateAnywayDoesNotWait() {
    assertThat(Spread.wait("demo/b", SLOT, MOST, SLOT.plusSeconds(11))).isZero();
    assertThat(Spread.wait("demo/b", SLOT, Duration.ZERO, SLOT)).isZero();
  }
}
