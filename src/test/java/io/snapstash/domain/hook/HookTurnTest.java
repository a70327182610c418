package io.snapstash.domain.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.api.HookInfo;
import io.snapstash.api.HookInfoBuilder;
import io.snapstash.api.HookStatus;
import io.snapstash.rules.Rule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One look at a list of hooks after another, from the first to the last. */
class HookTurnTest {
  private static final List<HookInfo> TWO = Stream.of("a", "b").map(name -> HookInfoBuilder.builder().name(name).build())
      .toList();

  private static HookTurn take(List<HookStatus> entries, HookProgress progress, boolean stops) {
    return HookTurn.take(HookItem.of("uid", false, TWO, entries), entries, _ -> progress, _ -> true, stops);
  }

  private static List<HookStatus> entries(String... phases) {
    return Stream.iterate(0, i -> i < phases.length, i -> i + 1)
        .map(i -> new HookStatus(TWO.get(i).name(), phases[i])).toList();
  }

  private static HookProgress ended(HookResult result) {
    return new HookProgress.Ended(result);
  }

  @Test
  @Rule("behaviour 11.6")
  void theFirstIsAnnouncedThenStartedThenFollowedByTheSecond() {
    HookTurn first = take(List.of(), new HookProgress.Unknown(), true);
    assertThat(first.entries()).isEqualTo(entries("Pending"));
    assertThat(first.announced().map(item -> item.key().name())).contains("a");

    HookTurn second = take(first.entries(), new HookProgress.Announced(), true);
    assertThat(second.started().map(item -> item.key().name())).contains("a");

    assertThat(take(first.entries(), new HookProgress.Running(), true).over()).isFalse();

    HookTurn third = take(first.entries(), ended(HookResult.succeeded()), true);
    assertThat(third.entries()).isEqualTo(entries("Succeeded", "Pending"));
    assertThat(third.announced().map(item -> item.key().name())).contains("b");

    HookTurn last = take(entries("Succeeded", "Pending"), ended(HookResult.succeeded()), true);
    assertThat(last.over()).isTrue();
    assertThat(last.failed()).isFalse();
  }

  @Test
  @Rule("behaviour 11.4")
  void theFirstFailureEndsTheListUnlessTheOthersAreStillNeeded() {
    HookTurn stopped = take(entries("Pending"), ended(HookResult.failed("no")), true);
    assertThat(stopped.over()).isTrue();
    assertThat(stopped.faults()).containsExactly("hook \"a\": no");

    HookTurn goesOn = take(entries("Pending"), ended(HookResult.failed("no")), false);
    assertThat(goesOn.announced().map(item -> item.key().name())).contains("b");
    assertThat(goesOn.failed()).isTrue();
  }

  @Test
  @Rule("behaviour 11.4")
  void oneThatAnEarlierProcessBeganHasFailedAndIsNotRepeated() {
    HookTurn turn = take(entries("Pending"), new HookProgress.Unknown(), true);

    assertThat(turn.entries()).isEqualTo(entries("Failed"));
    assertThat(turn.started()).isEmpty();
    assertThat(turn.over()).isTrue();
  }

  @Test
  void whatIsNotDueCountsAsSucceeded() {
    HookTurn turn = HookTurn.take(HookItem.of("uid", true, TWO, List.of()), List.of(), _ -> new HookProgress.Unknown(),
        _ -> false, true);

    assertThat(turn.entries()).isEqualTo(entries("Succeeded", "Succeeded"));
    assertThat(turn.over()).isTrue();
  }

  @Test
  void hooksOfOneNameAreToldApart() {
    List<HookInfo> same = List.of(TWO.getFirst(), TWO.getFirst());
    List<HookStatus> entries = List.of(new HookStatus("a", "Succeeded"));

    HookTurn turn = HookTurn.take(HookItem.of("uid", false, same, entries), entries, _ -> new HookProgress.Unknown(),
        _ -> true, true);

    assertThat(turn.announced().map(item -> item.key().occurrence())).isEqualTo(Optional.of(1));
  }
}
