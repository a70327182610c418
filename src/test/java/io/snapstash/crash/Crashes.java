package io.snapstash.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Tells a story twice undisturbed, which must end alike, and then again for each of its writes and each {@link Way} in
 * which that can go wrong.
 *
 * <p>One run can be repeated alone: {@code -Dcrash.story=… -Dcrash.at=… -Dcrash.way=…}. The number of a write is its
 * place among all writes of the run; two that are under way at once may change places, so what was hit is told as well.
 *
 * <p>Runs go side by side, each in a namespace of its own with an operator of its own, which works in that namespace
 * alone. Clock and API server are shared.
 */
final class Crashes {
  private static final int AT_ONCE = 48;
  private static final Duration PATIENCE = Duration.ofMinutes(20);
  /** Long enough for whatever still goes on when the last step has come to its end. */
  private static final Duration AFTERMATH = Duration.ofMinutes(2);

  private final CrashStory story;
  private final List<String> failures = new ArrayList<>();
  private int unmet;
  private int otherwise;

  private Crashes(CrashStory story) {
    this.story = story;
  }

  /**
   * @param least writes that the undisturbed story must at least take, so that nobody tests less without noticing
   * @param most and at most, so that nobody writes more without noticing
   */
  static void endAlike(CrashStory story, int least, int most) {
    String only = System.getProperty("crash.story", "");
    Assumptions.assumeTrue(only.isEmpty() || only.equals(story.name()), "another story is asked for");
    new Crashes(story).tell(least, most);
  }

  private void tell(int least, int most) {
    long begin = System.nanoTime();
    List<Told> undisturbed = told(List.of(new Trouble(0, Way.DIES), new Trouble(0, Way.DIES)));
    SortedMap<String, String> wanted = undisturbed.getFirst().end();
    List<String> writes = undisturbed.getFirst().trouble().writes();
    System.out.println("crash story " + story.name() + ": W=" + writes.size() + " " + numbered(writes));
    undisturbed.forEach(each -> assertThat(each.failure()).isEmpty());
    assertThat(difference(wanted, undisturbed.getLast().end())).as("two undisturbed runs").isEmpty();
    assertThat((long) writes.size()).as("writes that were counted, and the logs of server and store")
        .isEqualTo(undisturbed.getFirst().logged());
    assertThat(writes.size()).as("writes of the story").isBetween(least, most);
    List<Trouble> troubles = troubles(writes.size());
    for (int from = 0; from < troubles.size(); from += AT_ONCE) {
      told(troubles.subList(from, Math.min(troubles.size(), from + AT_ONCE))).forEach(run -> judge(run, wanted));
    }
    System.out.println("crash story " + story.name() + ": " + troubles.size() + " runs, " + unmet
        + " without their trouble, " + otherwise + " ended in the other way that is promised, " + failures.size()
        + " ended wrongly, " + (System.nanoTime() - begin) / 1_000_000 + " ms");
    assertThat(failures).as("runs that did not end as the undisturbed one").isEmpty();
    assertThat(unmet).as("runs that made fewer writes than the undisturbed one")
        .isLessThanOrEqualTo(troubles.size() / 10);
  }

  private static String numbered(List<String> writes) {
    return IntStream.range(0, writes.size()).mapToObj(index -> "\n  " + (index + 1) + " " + writes.get(index))
        .collect(Collectors.joining());
  }

  private static List<Trouble> troubles(int writes) {
    int only = Integer.getInteger("crash.at", 0);
    List<Way> ways = System.getProperty("crash.way", "").isEmpty() ? Arrays.asList(Way.values())
        : List.of(Way.valueOf(System.getProperty("crash.way")));
    return ways.stream().flatMap(way -> (only > 0 ? IntStream.of(only) : IntStream.rangeClosed(1, writes))
        .mapToObj(at -> new Trouble(at, way))).toList();
  }

  private void judge(Told run, SortedMap<String, String> wanted) {
    Trouble trouble = run.trouble();
    if (trouble.struck().isEmpty()) {
      unmet++;
    }
    List<String> wrong = Stream.concat(run.failure().stream(), difference(wanted, run.end()).stream()).toList();
    if (!wrong.isEmpty() && run.failure().isEmpty() && story.mayEndAs(run.end())) {
      otherwise++;
    } else if (!wrong.isEmpty()) {
      String failure = "\nmvn -B test -Dtest='*CrashTest' -Dcrash.story=" + story.name() + " -Dcrash.at="
          + trouble.at() + " -Dcrash.way=" + trouble.way() + "\n  (write " + trouble.at() + ": " + trouble.struck()
          + ")\n  " + String.join("\n  ", wrong);
      System.out.println(failure);
      failures.add(failure);
    }
  }

  /**
   * How a run went.
   *
   * @param failure what did not come to be, if something did not
   * @param logged writes that server and store know of
   */
  private record Told(Trouble trouble, SortedMap<String, String> end, List<String> failure, long logged) {}

  private List<Told> told(List<Trouble> troubles) {
    CrashWorld world = CrashWorld.start();
    try {
      Map<CrashRun, String> late = new LinkedHashMap<>();
      List<CrashRun> runs = runs(world, troubles.size());
      play(world, runs, story.before(), late);
      if (story.isAfterDisaster()) {
        CrashWorld lost = world;
        lost.close();
        world = lost.startOver();
        runs = runs(world, troubles.size());
      }
      Map<CrashRun, Long> before = new HashMap<>();
      for (int index = 0; index < troubles.size(); index++) {
        before.put(runs.get(index), logged(world, runs.get(index)));
        runs.get(index).trouble(troubles.get(index));
      }
      play(world, runs, story.steps(), late);
      world.advance(AFTERMATH);
      return ends(world, runs, late, before);
    } finally {
      world.close();
    }
  }

  private List<CrashRun> runs(CrashWorld world, int count) {
    List<CrashRun> runs = IntStream.range(0, count)
        .mapToObj(index -> world.run("crashrun-%03d".formatted(index))).toList();
    for (int operator = 0; operator < story.operators(); operator++) {
      CrashWorld.await(Future.all(runs.stream().map(run -> run.startOperator(story.operators() > 1)).toList()));
      world.settle();
    }
    return runs;
  }

  private static List<Told> ends(CrashWorld world, List<CrashRun> runs, Map<CrashRun, String> late,
      Map<CrashRun, Long> before) {
    FinalWorlds ends = FinalWorlds.of(world);
    return runs.stream().map(run -> new Told(run.trouble(), ends.of(run),
        late.containsKey(run) ? List.of(late.get(run)) : List.of(), logged(world, run) - before.get(run))).toList();
  }

  /** What the API server's own log and the door of the store know of the writes of a run. */
  private static long logged(CrashWorld world, CrashRun run) {
    return world.server().requests().count(entry -> Tribunal.isWrite(entry)
        && world.tribunal().senderOf(entry).filter(sender -> sender.run() == run).isPresent())
        + world.door().writesIn(run.namespace());
  }

  private static void play(CrashWorld world, List<CrashRun> runs, List<CrashStory.Step> steps,
      Map<CrashRun, String> late) {
    for (CrashStory.Step step : steps) {
      List<CrashRun> going = runs.stream().filter(run -> !late.containsKey(run)).toList();
      going.forEach(step.action());
      world.until(going, step.end(), PATIENCE)
          .forEach(run -> late.put(run, "never came to be: " + step.what()));
    }
  }

  private static List<String> difference(SortedMap<String, String> wanted, SortedMap<String, String> found) {
    TreeSet<String> names = new TreeSet<>(wanted.keySet());
    names.addAll(found.keySet());
    // No work waits for an event (see Events): one may be lost with its connection or its process. None may be told
    // that would not have been told.
    names.removeIf(name -> name.startsWith("Event ") && !found.containsKey(name));
    return names.stream().filter(name -> !wanted.getOrDefault(name, "").equals(found.getOrDefault(name, "")))
        .map(name -> difference(name, wanted, found)).toList();
  }

  private static String difference(String name, Map<String, String> wanted, Map<String, String> found) {
    if (!found.containsKey(name)) {
      return "missing: " + name;
    }
    return wanted.containsKey(name) ? "otherwise: " + name + "\n    " + apart(wanted.get(name), found.get(name))
        : "too much: " + name + " " + found.get(name);
  }

  /** The part in which two texts differ, and a little before it. */
  private static String apart(String wanted, String found) {
    int begin = 0;
    while (begin < Math.min(wanted.length(), found.length()) && wanted.charAt(begin) == found.charAt(begin)) {
      begin++;
    }
    int end = 0;
    while (end < Math.min(wanted.length(), found.length()) - begin
        && wanted.charAt(wanted.length() - 1 - end) == found.charAt(found.length() - 1 - end)) {
      end++;
    }
    int from = Math.max(0, begin - 60);
    return "wanted …" + wanted.substring(from, wanted.length() - end) + "…\n    found  …"
        + found.substring(from, found.length() - end) + "…";
  }
}
