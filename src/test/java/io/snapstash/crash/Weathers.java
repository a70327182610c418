package io.snapstash.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Tells a story once undisturbed and once in each weather, which must end alike. One can be told alone:
 * {@code -Dcrash.way=…}.
 */
final class Weathers {
  private Weathers() {}

  /** @param least requests that each weather must at least do something to, lest a story quietly tests less */
  static void endAlike(CrashStory story, List<Plight> weathers, int least) {
    String only = System.getProperty("crash.way", "");
    List<Telling.Told> told = Telling.of(story, Stream.concat(Stream.of(Plight.none()),
        weathers.stream().filter(each -> only.isEmpty() || only.equals(each.name()))).toList());
    Telling.Told undisturbed = told.getFirst();
    assertThat(undisturbed.failure()).as("undisturbed").isEmpty();
    List<String> failures = new ArrayList<>();
    told.stream().skip(1).forEach(run -> {
      List<String> wrong = wrong(run, undisturbed.end(), undisturbed.logged(), least);
      System.out.println("weather of " + story.name() + ": " + run.plight().name() + ", " + run.strikes()
          + " requests struck, " + run.logged() + " writes (" + undisturbed.logged() + " undisturbed)");
      if (!wrong.isEmpty()) {
        failures.add("\n" + run.plight().name() + "\n  " + String.join("\n  ", wrong));
      }
    });
    assertThat(failures).as("runs that did not end as the undisturbed one").isEmpty();
  }

  /** A write that was refused is tried again, and perhaps what depends on it; more would be a loop. */
  private static List<String> wrong(Telling.Told run, SortedMap<String, String> wanted, long writes, int least) {
    List<String> wrong = new ArrayList<>(run.failure());
    // That passes fail one after the other is what is played here, and may be told.
    Difference.of(wanted, run.end()).stream().filter(each -> !each.startsWith("too much: Event ReconciliationFails "))
        .forEach(wrong::add);
    if (run.logged() > writes * 3 / 2) {
      wrong.add(run.logged() + " writes instead of " + writes);
    }
    if (run.strikes() < least) {
      wrong.add("only " + run.strikes() + " requests were struck");
    }
    return wrong;
  }
}
