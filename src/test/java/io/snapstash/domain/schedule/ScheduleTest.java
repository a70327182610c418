package io.snapstash.domain.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  @ParameterizedTest
  @ValueSource(strings = {
      "* * * * *", "*/5 * * * *", "5/15 * * * *", "0-30/10 1,3,5 * * MON-FRI", "0 0 1 JAN sun", "0 0 ? * ?",
      "0 0 31 2 *", "@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly", "@every 5m",
      "@every 1h30m", "  0 0 * * *  ", "0\t0 * * *", "CRON_TZ=Europe/Berlin 0 3 * * *", "TZ=UTC @daily", "TZ=EST 0 0 * * *"
  })
  void acceptsWhatACronJobAccepts(String text) {
    assertThat(Schedule.read(text)).isInstanceOf(Schedule.Reading.Accepted.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "", " ", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * 32 * *", "* * * 13 *", "* * * 0 *",
      "* * * * 7", "*/0 * * * *", "30-10 * * * *", "0 0 L * *", "0 0 * * 5#2", "H * * * *", "~ * * * *", "1-2-3 * * * *",
      "1/2/3 * * * *", "-5 * * * *", "* * * janvier *", "@Daily", "@reboot", "@every", "@every soon", " @daily",
      "TZ=Local 0 0 * * *", "TZ= 0 0 * * *", "TZ=+02:00 0 0 * * *", "TZ=europe/berlin 0 0 * * *", "TZ=UTC",
      "* * * * *\u0000", "99999999999999999999 * * * *"
  })
  void refusesWhatACronJobRefuses(String text) {
    assertThat(Schedule.read(text)).isInstanceOfSatisfying(Schedule.Reading.Refused.class,
        refused -> assertThat(refused.reason()).isNotBlank());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      */5 * * * *      | 2024-01-16T10:00:00Z | 2024-01-16T10:05:00Z
      */5 * * * *      | 2024-01-16T10:04:59Z | 2024-01-16T10:05:00Z
      0 2 * * *        | 2024-01-16T02:00:00Z | 2024-01-17T02:00:00Z
      30 1 31 * *      | 2024-01-31T01:30:00Z | 2024-03-31T01:30:00Z
      0 0 29 2 *       | 2024-03-01T00:00:00Z | 2028-02-29T00:00:00Z
      0 0 * * sun      | 2024-01-16T00:00:00Z | 2024-01-21T00:00:00Z
      0 0 13 * fri     | 2024-01-08T00:00:00Z | 2024-01-12T00:00:00Z
      0 0 13 * *       | 2024-01-08T00:00:00Z | 2024-01-13T00:00:00Z
      0 0 */2 * mon    | 2024-01-16T12:00:00Z | 2024-01-17T00:00:00Z
      0 0 ? * mon      | 2024-01-16T12:00:00Z | 2024-01-22T00:00:00Z
      0 12 * dec-dec * | 2024-01-16T12:00:00Z | 2024-12-01T12:00:00Z
      @yearly          | 2024-01-16T12:00:00Z | 2025-01-01T00:00:00Z
      @every 5m        | 2024-01-16T12:00:07Z | 2024-01-16T12:05:07Z
      @every 10ms      | 2024-01-16T12:00:07Z | 2024-01-16T12:00:08Z
      """)
  void findsTheNextRun(String text, Instant after, Instant expected) {
    assertThat(next(text, after)).contains(expected);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      CRON_TZ=Europe/Berlin 0 3 * * *          | 2024-01-16T02:00:00Z | 2024-01-17T02:00:00Z
      CRON_TZ=Europe/Berlin 0 3 * * *          | 2024-03-30T02:00:00Z | 2024-03-31T01:00:00Z
      CRON_TZ=Europe/Berlin 30 2 * * *         | 2024-03-30T01:30:00Z | 2024-04-01T00:30:00Z
      CRON_TZ=Europe/Berlin 30 2 * * *         | 2024-10-27T00:30:00Z | 2024-10-27T01:30:00Z
      CRON_TZ=Europe/Berlin 30 * * * *         | 2024-03-31T00:30:00Z | 2024-03-31T01:30:00Z
      CRON_TZ=Australia/Lord_Howe 45 2 * * *   | 2024-10-05T15:00:00Z | 2024-10-05T15:45:00Z
      CRON_TZ=America/Sao_Paulo 0 0 * * *      | 2018-11-03T03:00:00Z | 2018-11-05T02:00:00Z
      """)
  void followsTheWallClockWhereItIsPutForwardAndBack(String text, Instant after, Instant expected) {
    assertThat(next(text, after)).contains(expected);
  }

  @Test
  void givesUpOnDaysThatNeverCome() {
    assertThat(next("0 0 31 2 *", Instant.EPOCH)).isEmpty();
    assertThat(next(", * * * *", Instant.EPOCH)).isEmpty();
  }

  @Test
  void keepsTheTimeZoneApartFromTheExpression() {
    Schedule schedule = accepted("CRON_TZ=Asia/Dhaka  0 3 * * *");

    assertThat(schedule.expression()).isEqualTo("0 3 * * *");
    assertThat(schedule.timeZone()).contains("Asia/Dhaka");
    assertThat(accepted("@daily").timeZone()).isEmpty();
  }

  @Test
  void readsTheSlotFromTheNameOfAJob() {
    Instant slot = Instant.parse("2024-01-16T10:05:00Z");
    String job = "trigger-orders-nightly-" + slot.getEpochSecond() / 60;

    assertThat(Slots.of(job, slot.plusSeconds(40))).contains(slot);
    assertThat(Slots.of(job, slot.plusSeconds(86_400))).contains(slot);
    assertThat(Slots.of(job, slot.plusSeconds(86_401))).isEmpty();
    assertThat(Slots.of("by-hand-7", slot)).isEmpty();
    assertThat(Slots.of("by-hand-", slot)).isEmpty();
    assertThat(Slots.of("by-hand", slot)).isEmpty();
    assertThat(Slots.of("n-99999999999999999999", slot)).isEmpty();
  }

  private static Optional<Instant> next(String text, Instant after) {
    return accepted(text).next(after);
  }

  private static Schedule accepted(String text) {
    return ((Schedule.Reading.Accepted) Schedule.read(text)).schedule();
  }
}
