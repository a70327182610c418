package io.snapstash.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.sandbox.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Requests are numbered in the order in which they are asked for; an answer is how long the server wants to be left alone. */
class RequestBudgetTest {
  private static final Optional<Duration> USUAL = Optional.empty();

  private final ManualTime time = new ManualTime(Instant.parse("2026-03-02T08:00:00Z"));
  private final RequestBudget budget = new RequestBudget(4, Optional.of(time));
  private final List<CompletableFuture<Optional<Duration>>> sent = new ArrayList<>();

  @Test
  void noMoreThanAllowedAreUnderWayAtOnce() {
    ask(6);
    assertThat(sent).hasSize(4);

    answer(0, USUAL);

    assertThat(sent).hasSize(5);
  }

  @Test
  void oneThatIsThrottledHoldsUpAllOthersForTheTimeAskedFor() {
    ask(6);

    answer(0, seconds(5));
    answer(1, USUAL);
    time.advance(Duration.ofSeconds(4));
    assertThat(sent).hasSize(4);

    answer(2, USUAL);
    answer(3, USUAL);
    time.advance(Duration.ofSeconds(1));
    assertThat(sent).hasSize(6);
  }

  @Test
  void afterwardsHalfAsManyGoAtOnceAndMoreWithEachGoodAnswer() {
    ask(12);
    IntStream.range(0, 4).forEach(each -> answer(each, seconds(1)));

    time.advance(Duration.ofSeconds(1));
    assertThat(sent).hasSize(4 + 2);

    answer(4, USUAL);
    assertThat(sent).hasSize(4 + 4);
  }

  @Test
  void theLongestOfSeveralPausesHolds() {
    ask(5);

    answer(0, seconds(10));
    answer(1, seconds(2));
    time.advance(Duration.ofSeconds(9));

    assertThat(sent).hasSize(4);
  }

  @Test
  void noPauseLastsLongerThanAMinute() {
    ask(5);

    IntStream.range(0, 4).forEach(each -> answer(each, seconds(86_400)));
    time.advance(Duration.ofMinutes(1));

    assertThat(sent).hasSize(5);
  }

  private void ask(int times) {
    IntStream.range(0, times).forEach(_ -> budget.spend(() -> {
      CompletableFuture<Optional<Duration>> answer = new CompletableFuture<>();
      sent.add(answer);
      return answer;
    }, asked -> asked));
  }

  private void answer(int request, Optional<Duration> asked) {
    sent.get(request).complete(asked);
  }

  private static Optional<Duration> seconds(int seconds) {
    return Optional.of(Duration.ofSeconds(seconds));
  }
}
