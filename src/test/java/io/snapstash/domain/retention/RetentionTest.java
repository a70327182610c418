package io.snapstash.domain.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.api.FailedSnapshots;
import io.snapstash.api.RetentionPolicySpec;
import io.snapstash.api.SuccessfulSnapshots;
import io.snapstash.rules.Rule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Rule("behaviour 9.3")
@Rule("behaviour 9.4")
@Rule("behaviour 9.5")
@Rule("behaviour 9.6")
class RetentionTest {
  private static final Instant NOW = Instant.parse("2019-12-11T00:00:00Z");
  private static final List<Candidate> NINE = List.of(
      good("s5", "2019-10-10T05:15:00Z"), good("s1", "2019-12-10T05:36:00Z"), good("s2", "2019-11-10T05:36:00Z"),
      good("s3", "2019-10-10T05:36:00Z"), good("s4", "2019-10-10T05:30:00Z"), good("s6", "2018-10-11T05:36:00Z"),
      good("s7", "2018-10-10T05:36:00Z"), good("s8", "2017-12-10T05:36:00Z"), good("s9", "2017-10-10T05:36:00Z"));

  @ParameterizedTest
  @CsvSource({"3,,,,,, s1 s2 s3", ",3,,,,, s1 s2 s3", ",,3,,,, s1 s2 s3", ",,,,3,, s1 s2 s3", ",,,,,3, s1 s6 s8",
      ",,,2,3,4, s1 s2 s3 s6 s8", ",,,,,, s1 s2 s3 s4 s5 s6 s7 s8 s9", "0,-1,,,,, s1 s2 s3 s4 s5 s6 s7 s8 s9",
      "1,,,,,, s1", "100,,,,,, s1 s2 s3 s4 s5 s6 s7 s8 s9"})
  void keepsTheNewestOfEachPeriodCounted(Integer last, Integer hourly, Integer daily, Integer weekly, Integer monthly,
      Integer yearly, String kept) {
    assertThat(kept(policy(null, new SuccessfulSnapshots(last, hourly, daily, weekly, monthly, yearly), null), NINE))
        .isEqualTo(kept);
  }

  @Test
  void countsIsoWeeksAcrossTheNewYear() {
    List<Candidate> days = List.of(good("sunday", "2020-01-05T12:00:00Z"), good("monday", "2019-12-30T00:00:00Z"),
        good("before", "2019-12-29T23:59:59Z"));
    assertThat(kept(policy(null, new SuccessfulSnapshots(null, null, null, 2, null, null), null), days))
        .isEqualTo("sunday before");
  }

  @Test
  void removesByAgeWhateverTheCountsSay() {
    assertThat(kept(policy("60d", new SuccessfulSnapshots(5, null, null, null, null, null), null), NINE))
        .isEqualTo("s1 s2");
  }

  @Test
  void neverRemovesTheNewestThatSucceededForItsAge() {
    assertThat(kept(policy("1h", null, null), NINE)).isEqualTo("s1");
  }

  @Test
  void keepsOneFailedUnlessToldOtherwise() {
    List<Candidate> failed = List.of(bad("f1", "2019-12-10T03:00:00Z"), bad("f2", "2019-12-10T02:00:00Z"),
        bad("f3", "2019-12-10T01:00:00Z"));
    assertThat(kept(policy("1y", null, null), failed)).isEqualTo("f1");
    assertThat(kept(policy("1y", null, new FailedSnapshots(2)), failed)).isEqualTo("f1 f2");
    assertThat(kept(policy("1y", null, new FailedSnapshots(0)), failed)).isEmpty();
    assertThat(kept(policy("1h", null, new FailedSnapshots(3)), failed)).isEmpty();
  }

  @Test
  void leavesWhatHasNotEndedAndWhatIsProtected() {
    List<Candidate> group = List.of(good("new", "2019-12-10T05:36:00Z"),
        new Candidate("running", "Running", Instant.parse("2019-01-01T00:00:00Z"), Optional.empty()),
        new Candidate("held", "Succeeded", Instant.parse("2018-01-01T00:00:00Z"), Optional.of("it is held")),
        good("old", "2017-01-01T00:00:00Z"));
    assertThat(Retention.decide(policy("1d", null, null), group, NOW)).extracting(Verdict::reason).containsExactly(
        "successfulSnapshots sets no limit", "it has not ended", "it is held", "it is older than maxRetentionPeriod");
  }

  private static String kept(RetentionPolicySpec policy, List<Candidate> group) {
    return Retention.decide(policy, group, NOW).stream().filter(Verdict.Keep.class::isInstance)
        .map(verdict -> verdict.snapshot().name()).collect(Collectors.joining(" "));
  }

  private static RetentionPolicySpec policy(String age, SuccessfulSnapshots counts, FailedSnapshots failed) {
    return new RetentionPolicySpec(age, counts, failed, null, null);
  }

  private static Candidate good(String name, String time) {
    return new Candidate(name, "Succeeded", Instant.parse(time), Optional.empty());
  }

  private static Candidate bad(String name, String time) {
    return new Candidate(name, "Failed", Instant.parse(time), Optional.empty());
  }
}
