package io.snapstash.domain.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.api.AllowedNamespaces;
import io.snapstash.api.Labels;
import io.snapstash.api.LabelSelector;
import io.snapstash.api.LabelSelectorRequirement;
import io.snapstash.api.UsagePolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UsageRulesTest {
  private static final Map<String, String> TEAM = Map.of("team", "shop");

  @Test
  void withoutAPolicyOnlyTheSameNamespaceMayUseIt() {
    assertThat(UsageRules.allows(null, "a", "a", Map.of())).isTrue();
    assertThat(UsageRules.allows(null, "a", "b", Map.of())).isFalse();
  }

  @Test
  void allOpensItToEveryNamespace() {
    assertThat(UsageRules.allows(policy("All", null), "a", "b", Map.of())).isTrue();
  }

  @Test
  void aSelectorAsksTheLabelsOfTheUsersNamespace() {
    LabelSelector shop = new LabelSelector(TEAM, null);

    assertThat(UsageRules.allows(policy("Selector", shop), "a", "b", TEAM)).isTrue();
    assertThat(UsageRules.allows(policy("Selector", shop), "a", "b", Map.of("team", "bank"))).isFalse();
  }

  @Test
  void aMissingSelectorMatchesNothingAndAnEmptyOneEverything() {
    assertThat(UsageRules.allows(policy("Selector", null), "a", "b", TEAM)).isFalse();
    assertThat(UsageRules.allows(policy("Selector", new LabelSelector(null, null)), "a", "b", TEAM)).isTrue();
  }

  @Test
  void anExpressionThatMakesNoSenseMatchesNothing() {
    LabelSelector odd = new LabelSelector(null, List.of(new LabelSelectorRequirement("team", "Like", List.of("s"))));

    assertThat(UsageRules.allows(policy("Selector", odd), "a", "b", TEAM)).isFalse();
  }

  @Test
  void anotherNamespaceIsReachedOnlyWithItsConsent() {
    assertThat(Consent.given("a", "a", Map.of())).isTrue();
    assertThat(Consent.given("a", "b", Map.of())).isFalse();
    assertThat(Consent.given("a", "b", Map.of(Labels.ALLOW_FROM, "x, a"))).isTrue();
    assertThat(Consent.given("a", "b", Map.of(Labels.ALLOW_FROM, "*"))).isTrue();
  }

  private static UsagePolicy policy(String from, LabelSelector selector) {
    return new UsagePolicy(new AllowedNamespaces(from, selector));
  }
}
