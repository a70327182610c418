package io.snapstash.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A story that can be told in many namespaces at once: steps, each of which is done in all of them before time is moved
 * until its end has come in each. Writes are counted, and troubled, from the first step on that is marked so.
 */
final class CrashStory {
  /** One step; the end is asked again and again while time goes on. */
  record Step(String what, Consumer<CrashRun> action, Predicate<CrashRun> end) {}

  private final String name;
  private final List<Step> before = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private boolean disaster;
  private int operators = 1;
  private Predicate<SortedMap<String, String>> other = _ -> false;

  private CrashStory(String name) {
    this.name = name;
  }

  static CrashStory named(String name) {
    return new CrashStory(name);
  }

  /** A step of the preparation, which nothing disturbs. */
  CrashStory given(String what, Consumer<CrashRun> action, Predicate<CrashRun> end) {
    before.add(new Step(what, action, end));
    return this;
  }

  CrashStory then(String what, Consumer<CrashRun> action, Predicate<CrashRun> end) {
    steps.add(new Step(what, action, end));
    return this;
  }

  /** Between preparation and story the cluster is lost; array and store are not. */
  CrashStory afterDisaster() {
    disaster = true;
    return this;
  }

  /** With two operators that take turns; one that dies is not started again while the other is there. */
  CrashStory withTwoOperators() {
    operators = 2;
    return this;
  }

  /** Another end that is promised, too, because what was under way when a process died cannot be known. */
  CrashStory orElse(Predicate<SortedMap<String, String>> promised) {
    other = promised;
    return this;
  }

  boolean isAfterDisaster() {
    return disaster;
  }

  int operators() {
    return operators;
  }

  boolean mayEndAs(SortedMap<String, String> end) {
    return other.test(end);
  }

  String name() {
    return name;
  }

  List<Step> before() {
    return before;
  }

  List<Step> steps() {
    return steps;
  }
}
