package io.snapstash.domain.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.rules.Rule;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Rule("behaviour 9.1")
class RetentionPeriodTest {
  @ParameterizedTest
  @CsvSource({"1y, P365D", "6mo, P180D", "2w, P14D", "30d, P30D", "12h, PT12H", "5m, PT5M", "'', PT0S", "' 1d ', P1D",
      "1mo1m, P30DT1M", "1d2d, P2D", "1h1y, P365DT1H", "-0d, PT0S"})
  void reads(String text, Duration expected) {
    assertThat(RetentionPeriod.parse(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "d", "1x", "1d 2h", "-1d", "-", "1.5d", "12345678901234567890y"})
  void refuses(String text) {
    assertThat(RetentionPeriod.parse(text)).isEmpty();
  }
}
