package io.snapstash.domain.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.rules.Rule;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PlanDeadlineTest {
  private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");

  @Test
  @Rule("behaviour 7.5")
  void aJobStopsWaitingFifteenSecondsBeforeItsRunEnds() {
    assertThat(PlanDeadline.of(NOW, NOW.plusSeconds(3600))).isEqualTo(NOW.plusSeconds(3585));
  }

  @Test
  void aShortRunLosesATenthAtMost() {
    assertThat(PlanDeadline.of(NOW, NOW.plusSeconds(60))).isEqualTo(NOW.plusSeconds(54));
  }

  @Test
  void aRunThatIsOverStaysOver() {
    assertThat(PlanDeadline.of(NOW, NOW.minusSeconds(60))).isEqualTo(NOW.minusSeconds(60));
  }
}
