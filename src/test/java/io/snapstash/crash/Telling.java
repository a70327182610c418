package io.snapstash.crash;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * Tells a story many times side by side, each time in a plight of its own: each run has a namespace of its own with an
 * operator of its own, which works in that namespace alone. Clock and API server are shared.
 */
final class Telling {
  /** More in one world would wait for one another. */
  static final int AT_ONCE = 48;
  private static final Duration PATIENCE = Duration.ofMinutes(20);
  /** Long enough for whatever still goes on when the last step has come to its end. */
  private static final Duration AFTERMATH = Duration.ofMinutes(2);

  private final CrashStory story;

  private Telling(CrashStory story) {
    this.story = story;
  }

  /** @param plights {@link #AT_ONCE} at most */
  static List<Told> of(CrashStory story, List<Plight> plights) {
    return new Telling(story).told(plights);
  }

  /**
   * How a run went.
   *
   * @param failure what did not come to be, if something did not
   * @param logged writes that server and store know of
   * @param strikes requests that the weather did something to
   */
  record Told(Plight plight, SortedMap<String, String> end, List<String> failure, long logged,
      int strikes) {}

  private List<Told> told(List<Plight> plights) {
    CrashWorld world = CrashWorld.start(plights.stream().anyMatch(Plight::isOfTheWay));
    try {
      Map<CrashRun, String> late = new LinkedHashMap<>();
      List<CrashRun> runs = runs(world, plights);
      play(world, runs, story.before(), late);
      if (story.isAfterDisaster()) {
        CrashWorld lost = world;
        lost.close();
        world = lost.startOver();
        runs = runs(world, plights);
      }
      Map<CrashRun, Long> before = new HashMap<>();
      for (int index = 0; index < plights.size(); index++) {
        before.put(runs.get(index), logged(world, runs.get(index)));
        runs.get(index).trouble(plights.get(index).trouble());
      }
      play(world, runs, story.steps(), late);
      world.advance(AFTERMATH);
      return ends(world, plights, runs, late, before);
    } finally {
      world.close();
    }
  }

  private List<CrashRun> runs(CrashWorld world, List<Plight> plights) {
    List<CrashRun> runs = IntStream.range(0, plights.size())
        .mapToObj(index -> world.run("crashrun-%03d".formatted(index), plights.get(index).weather())).toList();
    for (int operator = 0; operator < story.operators(); operator++) {
      world.until(Future.all(runs.stream().map(run -> run.startOperator(story.operators() > 1)).toList()));
    }
    return runs;
  }

  private static List<Told> ends(CrashWorld world, List<Plight> plights, List<CrashRun> runs,
      Map<CrashRun, String> late, Map<CrashRun, Long> before) {
    FinalWorlds ends = FinalWorlds.of(world);
    return IntStream.range(0, runs.size()).mapToObj(index -> {
      CrashRun run = runs.get(index);
      return new Told(plights.get(index), ends.of(run), late.containsKey(run) ? List.of(late.get(run)) : List.of(),
          logged(world, run) - before.get(run), run.strikes());
    }).toList();
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
}
