package io.snapstash.rules;

import io.snapstash.rules.RuleReport.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Keeps what comes of every test and writes {@code target/rules.md} and {@code target/rules.json} at the end. */
public final class RuleReportListener implements TestExecutionListener {
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

  /** A run without any of those tests, such as a measuring one, leaves the last report as it is. */
  @Override
  public void testPlanExecutionFinished(TestPlan finished) {
    RuleReport report = new RuleReport(RuleBook.read(), RuleTests.find(), Map.copyOf(outcomes));
    if (report.tests().values().stream().flatMap(Set::stream).noneMatch(outcomes::containsKey)) {
      return;
    }
    try {
      Path target = Files.createDirectories(Path.of("target"));
      Files.writeString(target.resolve("rules.md"), report.markdown());
      Files.writeString(target.resolve("rules.json"), report.json());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
