package io.snapstash.domain.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitTest {
  @ParameterizedTest
  @CsvSource({
      "90s, PT1M30S", "1h30m, PT1H30M", "0, PT0S", "1.5h, PT1H30M", "-5m, PT-5M", "10.089085545s, PT10.089085545S",
      "250ms, PT0.25S", "1µs, PT0.000001S", ".5s, PT0.5S", "5.s, PT5S", "1h1h, PT2H"
  })
  void readsDurations(String text, Duration expected) {
    assertThat(GoDuration.parse(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "-", "1d", "1h 30m", ".s", "1.2.3s", "9999999h", "PT1H", "٣s"})
  void refusesWhatIsNoDuration(String text) {
    assertThat(GoDuration.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
      "PT25S, 25s", "PT1M5S, 1m5s", "PT1H, 1h0m0s", "PT0S, 0s", "PT10.089085545S, 10.089085545s", "PT0.25S, 250ms",
      "PT1M0.5S, 1m0.5s", "PT0.0000015S, 1.5µs", "PT0.000000007S, 7ns", "PT26H0.1S, 26h0m0.1s", "PT-5S, -5s"
  })
  void writesDurations(Duration duration, String expected) {
    assertThat(GoDuration.format(duration)).isEqualTo(expected);
  }

  @Test
  void writesRunsInWholeSeconds() {
    assertThat(GoDuration.wholeSeconds(Duration.ofMillis(65_900))).isEqualTo("1m5s");
    assertThat(GoDuration.wholeSeconds(Duration.ofMillis(900))).isEqualTo("0s");
  }

  @ParameterizedTest
  @CsvSource({
      "0, 0 B", "1024, 1024 B", "1025, 1.001 KiB", "1048576, 1024.000 KiB", "12815695, 12.222 MiB",
      "1073741825, 1.000 GiB", "1649267441664, 1.500 TiB"
  })
  void writesSizes(long bytes, String expected) {
    assertThat(ByteSize.format(bytes)).isEqualTo(expected);
  }

  @Test
  void readsSizes() {
    assertThat(ByteSize.parse("12.222 MiB")).contains(12_815_696L);
    assertThat(ByteSize.parse("7 B")).contains(7L);
    assertThat(ByteSize.parse("12.222MiB")).isEmpty();
    assertThat(ByteSize.parse("x MiB")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
      "1Gi, 1073741824", "500M, 500000000", "1e3, 1000", "1E3, 1000", "2E, 2000000000000000000", "1.5Ki, 1536",
      "1048576, 1048576", "100m, 0.1", "1k, 1000"
  })
  void readsQuantities(String text, BigDecimal expected) {
    assertThat(ByteSize.quantity(text)).hasValueSatisfying(value -> assertThat(value).isEqualByComparingTo(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Gi", "1GiB", "1K", "1e3Gi", "1e99999", "one"})
  void refusesWhatIsNoQuantity(String text) {
    assertThat(ByteSize.quantity(text)).isEmpty();
  }
}
