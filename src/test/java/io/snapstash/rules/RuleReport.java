package io.snapstash.rules;

import io.snapstash.api.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The table of rules: what each is about and what came of the tests that show it.
 *
 * @param outcomes what came of each test that was run, by its name
 */
record RuleReport(RuleBook book, Map<String, Set<String>> tests, Map<String, Outcome> outcomes) {
  enum Outcome {
    PASSED, SKIPPED, FAILED, NOT_RUN;

    /** Of several invocations of one test the worst counts; one that was skipped hides none that was run. */
    Outcome and(Outcome other) {
      return this == FAILED || other == FAILED ? FAILED : this == PASSED || other == PASSED ? PASSED : SKIPPED;
    }

    String word() {
      return name().toLowerCase().replace('_', ' ');
    }
  }

  List<String> missing() {
    return book.rules().keySet().stream()
        .filter(rule -> !tests.containsKey(rule) && !book.pending().contains(rule)).toList();
  }

  List<String> unknown() {
    return tests.keySet().stream().filter(rule -> !book.rules().containsKey(rule)).toList();
  }

  String markdown() {
    List<String> lines = new ArrayList<>(List.of("# Rules and the tests that show them", "",
        "Written by the test run. `not run` means that the run was a part of the suite.", "",
        "| rule | about | shown | by |", "|---|---|---|---|"));
    book.rules().forEach((rule, about) -> lines.add("| " + rule + " | " + about + " | " + verdict(rule) + " | "
        + String.join("<br>", of(rule).stream().map(test -> test + " " + outcome(test).word()).toList()) + " |"));
    return String.join("\n", lines) + "\n";
  }

  String json() {
    List<Map<String, Object>> rows = new ArrayList<>();
    book.rules().forEach((rule, about) -> {
      Map<String, String> shownBy = new LinkedHashMap<>();
      of(rule).forEach(test -> shownBy.put(test, outcome(test).word()));
      rows.add(Map.of("rule", rule, "about", about, "verdict", verdict(rule), "tests", shownBy));
    });
    return Json.MAPPER.valueToTree(rows).toPrettyString() + "\n";
  }

  private String verdict(String rule) {
    if (of(rule).isEmpty()) {
      return book.pending().contains(rule) ? "pending" : "WITHOUT A TEST";
    }
    List<Outcome> all = of(rule).stream().map(this::outcome).toList();
    return all.contains(Outcome.FAILED) ? "FAILED" : all.contains(Outcome.PASSED) ? "yes" : "not run";
  }

  private Outcome outcome(String test) {
    return outcomes.getOrDefault(test, Outcome.NOT_RUN);
  }

  private Set<String> of(String rule) {
    return tests.getOrDefault(rule, Set.of());
  }
}
