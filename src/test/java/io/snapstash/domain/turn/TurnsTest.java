package io.snapstash.domain.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Runs are called by namespace and number: {@code a1} asks before {@code a2}, both in {@code a}. */
class TurnsTest {
  private static final Instant BEGIN = Instant.parse("2026-03-02T08:00:00Z");

  private final List<String> granted = new ArrayList<>();

  @Test
  void withoutLimitsEverybodyBeginsAtOnce() {
    Turns turns = new Turns(new TurnLimits(0, 0, 0));

    IntStream.range(0, 500).forEach(each -> ask(turns, "a" + each, 100));

    assertThat(granted).hasSize(500);
  }

  @Test
  void namespacesTakeTurnsHoweverManyRunsOneHasWaiting() {
    Turns turns = new Turns(new TurnLimits(1, 0, 0));
    List.of("a1", "a2", "a3", "a4", "b1", "c1", "b2").forEach(run -> ask(turns, run, 1));

    workOff(turns);

    assertThat(granted).containsExactly("a1", "a2", "b1", "c1", "a3", "b2", "a4");
  }

  @Test
  void aNewNamespaceComesAfterThoseThatWaitAlready() {
    Turns turns = new Turns(new TurnLimits(1, 0, 0));
    List.of("a1", "b1", "c1").forEach(run -> ask(turns, run, 1));

    ask(turns, "d1", 1);
    workOff(turns);

    assertThat(granted).containsExactly("a1", "b1", "c1", "d1");
  }

  @Test
  void aRunWithManyClaimsIsNotOvertakenForEver() {
    Turns turns = new Turns(new TurnLimits(0, 10, 0));
    ask(turns, "a1", 8);
    ask(turns, "b1", 9);
    IntStream.rangeClosed(2, 5).forEach(each -> ask(turns, "c" + each, 1));
    assertThat(granted).containsExactly("a1");

    finish(turns, "a1");

    assertThat(granted).containsExactly("a1", "b1", "c2");
  }

  @Test
  void aRunThatNeedsMoreThanIsAllowedRunsAlone() {
    Turns turns = new Turns(new TurnLimits(0, 10, 0));
    ask(turns, "a1", 1);
    ask(turns, "b1", 50);
    ask(turns, "c1", 1);
    assertThat(granted).containsExactly("a1");

    workOff(turns);

    assertThat(granted).containsExactly("a1", "b1", "c1");
  }

  @Test
  void whoWaitsForOneDriverDoesNotHoldUpAnother() {
    Turns turns = new Turns(new TurnLimits(0, 1, 0));
    turns.hold("x", List.of(new Cut("full", "c", 1)));

    assertThat(turns.ask("a/1", "a", BEGIN, List.of(new Cut("full", "c", 1)))).isPresent();
    assertThat(turns.ask("a/2", "a", BEGIN, List.of(new Cut("free", "c", 1)))).isEmpty();
  }

  @Test
  void classesOfOneDriverHaveALimitOfTheirOwn() {
    Turns turns = new Turns(new TurnLimits(0, 0, 2));
    turns.hold("x", List.of(new Cut("d", "fast", 2)));

    assertThat(turns.ask("a/1", "a", BEGIN, List.of(new Cut("d", "fast", 1))))
        .contains("snapshots of class fast are being taken, and 2 at once are allowed");
    assertThat(turns.ask("b/1", "b", BEGIN, List.of(new Cut("d", "slow", 1)))).isEmpty();
  }

  @Test
  void severalTurnsMayComeByOneEnd() {
    Turns turns = new Turns(new TurnLimits(0, 3, 0));
    List.of("a1").forEach(run -> ask(turns, run, 3));
    List.of("b1", "c1", "d1", "e1").forEach(run -> ask(turns, run, 1));

    assertThat(turns.release("a1")).isEqualTo(Set.of("b1", "c1", "d1"));
    assertThat(turns.release("a1")).isEmpty();
  }

  @Test
  void oneThatGoesAwayWhileItWaitsLetsOthersPass() {
    Turns turns = new Turns(new TurnLimits(0, 10, 0));
    ask(turns, "a1", 5);
    ask(turns, "b1", 9);
    ask(turns, "c1", 5);

    assertThat(turns.release("b1")).isEqualTo(Set.of("c1"));
  }

  @Test
  void whatIsWrittenIsRead() {
    List<Cut> cuts = List.of(new Cut("ebs.csi.aws.com", "gp3", 12), new Cut("hostpath.csi.k8s.io", "", 1));

    assertThat(Cut.read(Cut.write(cuts))).isEqualTo(cuts);
    assertThat(Cut.read("")).isEmpty();
    assertThat(Cut.read("what,is/this=")).isEmpty();
  }

  private void ask(Turns turns, String run, int claims) {
    if (turns.ask(run, run.substring(0, 1), BEGIN.plusSeconds(Integer.parseInt(run.substring(1))),
        List.of(new Cut("driver", "class", claims))).isEmpty()) {
      granted.add(run);
    }
  }

  private void finish(Turns turns, String run) {
    turns.release(run).stream().sorted().forEach(granted::add);
  }

  private void workOff(Turns turns) {
    for (int each = 0; each < granted.size(); each++) {
      finish(turns, granted.get(each));
    }
  }
}
