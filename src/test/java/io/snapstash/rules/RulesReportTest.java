package io.snapstash.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.rules.RuleReport.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every rule of run control, retention, hooks and admission is shown by a test that says so. */
class RulesReportTest {
  private static final RuleBook TWO = RuleBook.parse(List.of("# a comment", "7.1 one thing", "7.2 another",
      "", "pending: 7.2"));

  @Test
  void noRuleIsWithoutATest() {
    assertThat(new RuleReport(RuleBook.read(), RuleTests.find(), Map.of()).missing()).isEmpty();
  }

  @Test
  void noTestShowsARuleThatTheListDoesNotKnow() {
    RuleBook book = RuleBook.read();

    assertThat(new RuleReport(book, RuleTests.find(), Map.of()).unknown()).isEmpty();
    assertThat(book.rules().keySet()).containsAll(book.pending());
  }

  @Test
  void aRuleWithoutATestIsMissingUnlessItIsPending() {
    RuleReport report = new RuleReport(TWO, Map.of(), Map.of());

    assertThat(report.missing()).containsExactly("behaviour 7.1");
    assertThat(report.markdown()).contains("| behaviour 7.1 | one thing | WITHOUT A TEST |")
        .contains("| behaviour 7.2 | another | pending |");
  }

  @Test
  void oneFailedInvocationOfATestCounts() {
    assertThat(Outcome.PASSED.and(Outcome.FAILED).and(Outcome.SKIPPED)).isEqualTo(Outcome.FAILED);
    assertThat(Outcome.SKIPPED.and(Outcome.PASSED)).isEqualTo(Outcome.PASSED);
    RuleReport report = new RuleReport(TWO, Map.of("behaviour 7.1", Set.of("ATest#works", "ATest#waits")),
        Map.of("ATest#works", Outcome.PASSED, "ATest#waits", Outcome.FAILED));

    assertThat(report.markdown()).contains("| FAILED | ").contains("ATest#waits failed");
    assertThat(report.json()).contains("\"ATest#works\" : \"passed\"");
  }
}
