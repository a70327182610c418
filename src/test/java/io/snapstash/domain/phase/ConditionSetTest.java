package io.snapstash.domain.phase;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.api.Condition;
import io.snapstash.api.ConditionBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionSetTest {
  private static final Instant THEN = Instant.parse("2024-01-16T10:00:00Z");
  private static final Instant NOW = Instant.parse("2024-01-16T10:05:00Z");

  private final ConditionSet before = ConditionSet.of(null)
      .withFalse("A", "Missing", "no a", THEN)
      .withTrue("B", "Found", "b is here", THEN);

  @Test
  void changesNothingWhenNothingIsNew() {
    assertThat(before.withFalse("A", "Missing", "no a", NOW)).isSameAs(before);
  }

  @Test
  void replacesInPlaceWithANewTime() {
    ConditionSet after = before.withTrue("A", "Found", "a is here", NOW);

    assertThat(after.items()).extracting(Condition::type).containsExactly("A", "B");
    assertThat(after.items()).extracting(Condition::lastTransitionTime).containsExactly(NOW, THEN);
    assertThat(after.isTrue("A")).isTrue();
    assertThat(before.isFalse("A")).isTrue();
  }

  @Test
  void aNewMessageIsAChangeToo() {
    assertThat(before.withFalse("A", "Missing", "still no a", NOW).find("A"))
        .hasValueSatisfying(condition -> assertThat(condition.lastTransitionTime()).isEqualTo(NOW));
  }

  @Test
  void anOlderGenerationNeverWins() {
    ConditionSet third = before.with(generation(3L, "True"), THEN);

    assertThat(third.with(generation(2L, "False"), NOW)).isSameAs(third);
    assertThat(third.with(generation(3L, "True"), NOW)).isSameAs(third);
    assertThat(third.with(generation(4L, "True"), NOW).find("C").orElseThrow().lastTransitionTime()).isEqualTo(NOW);
    assertThat(third.with(generation(null, "False"), NOW).isFalse("C")).isTrue();
  }

  @Test
  void anAbsentConditionIsNeitherTrueNorFalse() {
    assertThat(before.isTrue("C")).isFalse();
    assertThat(before.isFalse("C")).isFalse();
    assertThat(before.without("A").items()).extracting(Condition::type).containsExactly("B");
    assertThat(before.without("C")).isSameAs(before);
    assertThat(before.firstFalse()).map(Condition::type).contains("A");
    assertThat(new ConditionSet(List.of()).firstFalse()).isEmpty();
  }

  private static Condition generation(Long generation, String status) {
    return ConditionBuilder.builder().type("C").status(status).observedGeneration(generation).build();
  }
}
