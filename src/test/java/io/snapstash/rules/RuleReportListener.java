package io.snapstash.rules;

import io.snapstash.rules.RuleReport.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Keeps what comes of every test and writes {@code target/rules.md} and {@code target/rules.json} at the end. */
public final class RuleReportListener implements TestExecutionListener {
  private static final Set<String> SHOWING = RuleTests.find().values().stream().flatMap(Set::stream)
      .collect(Collectors.toUnmodifiableSet());

  private final Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
  private volatile TestPlan plan;

  @Override
  public void testPlanExecutionStarted(TestPlan started) {
    plan = started;
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    Outcome outcome = switch (result.getStatus()) {
      case SUCCESSFUL -> Outcome.PASSED;
      case ABORTED -> Outcome.SKIPPED;
      case FAILED -> Outcome.FAILED;
    };
    if (test.isTest()) {
      note(test, outcome);
    } else if (outcome != Outcome.PASSED) {
      noteAll(test, outcome);
    }
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    noteAll(test, Outcome.SKIPPED);
  }

  /** A class that is skipped or broken as a whole tells nothing of its tests one by one. */
  private void noteAll(TestIdentifier container, Outcome outcome) {
    note(container, outcome);
    if (plan != null) {
      plan.getDescendants(container).forEach(test -> note(test, outcome));
    }
  }

  private void note(TestIdentifier test, Outcome outcome) {
    test.getSource().filter(MethodSource.class::isInstance).map(MethodSource.class::cast)
        .map(source -> RuleTests.name(source.getJavaClass(), source.getMethodName()))
        .ifPresent(name -> outcomes.merge(name, outcome, Outcome::and));
  }

  /**
   * A run may consist of many plans, in several processes; the last one completes the report. One without any of those
   * tests, such as a measuring one, leaves the report as it is.
   */
  @Override
  public void testPlanExecutionFinished(TestPlan finished) {
    Map<String, Outcome> ended = new TreeMap<>(outcomes);
    outcomes.clear();
    ended.keySet().retainAll(SHOWING);
    if (ended.isEmpty()) {
      return;
    }
    try {
      Outcomes.add(ended);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
