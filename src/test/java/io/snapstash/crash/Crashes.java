package io.snapstash.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
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
 */
final class Crashes {
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
    List<Telling.Told> undisturbed = Telling.of(story, List.of(Plight.none(), Plight.none()));
    SortedMap<String, String> wanted = undisturbed.getFirst().end();
    List<String> writes = undisturbed.getFirst().plight().trouble().writes();
    System.out.println("crash story " + story.name() + ": W=" + writes.size() + " " + numbered(writes));
    undisturbed.forEach(each -> assertThat(each.failure()).isEmpty());
    assertThat(Difference.of(wanted, undisturbed.getLast().end())).as("two undisturbed runs").isEmpty();
    assertThat((long) writes.size()).as("writes that were counted, and the logs of server and store")
        .isEqualTo(undisturbed.getFirst().logged());
    assertThat(writes.size()).as("writes of the story").isBetween(least, most);
    List<Plight> troubles = troubles(writes.size()).stream().map(Plight::of).toList();
    for (int from = 0; from < troubles.size(); from += Telling.AT_ONCE) {
      Telling.of(story, troubles.subList(from, Math.min(troubles.size(), from + Telling.AT_ONCE)))
          .forEach(run -> judge(run, wanted));
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

  private void judge(Telling.Told run, SortedMap<String, String> wanted) {
    Trouble trouble = run.plight().trouble();
    if (trouble.struck().isEmpty()) {
      unmet++;
    }
    List<String> wrong = Stream.concat(run.failure().stream(), Difference.of(wanted, run.end()).stream()).toList();
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
}
