package io.snapstash.sandbox.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long names and labels may be, and what may stand in them. */
class NameRulesTest extends ApiStory {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";

  private Reply named(String path, String name) throws Exception {
    return create(path, "{'metadata':{'name':'" + name + "'}}");
  }

  @Test
  void takesNamesUpTo253AndNamespacesUpTo63() throws Exception {
    assertThat(named(MAPS, "a".repeat(253)).code()).isEqualTo(201);
    assertThat(named(MAPS, "a".repeat(254)).causes()).containsExactly(
        "metadata.name: Invalid value: \"" + "a".repeat(254) + "\": must be no more than 253 characters");
    assertThat(named("/api/v1/namespaces", "n".repeat(63)).code()).isEqualTo(201);
    assertThat(named("/api/v1/namespaces", "n".repeat(64)).causes()).contains(
        "metadata.name: Invalid value: \"" + "n".repeat(64) + "\": must be no more than 63 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "a_b", "-a", "a-", "a..b", "a b", ""})
  void refusesNamesThatAreNoSubdomains(String name) throws Exception {
    assertThat(named(MAPS, name).code()).isEqualTo(422);
  }

  @Test
  void takesDotsButNotInTheNameOfANamespace() throws Exception {
    assertThat(named(MAPS, "a.b").code()).isEqualTo(201);
    assertThat(named("/api/v1/namespaces", "a.b").code()).isEqualTo(422);
    assertThat(named("/apis/rbac.authorization.k8s.io/v1/clusterroles", "a:B").code()).isEqualTo(201);
  }

  @Test
  void cutsALongPrefixSoThatTheNameIsALabelValue() throws Exception {
    String name = create(MAPS, "{'metadata':{'generateName':'" + "a".repeat(100) + "'}}").at("/metadata/name").asText();
    assertThat(name).hasSize(63).startsWith("a".repeat(58));
    assertThat(create(MAPS, "{'metadata':{'generateName':'" + "a".repeat(254) + "'}}").code()).isEqualTo(422);
  }

  @Test
  void takesLabelValuesUpTo63() throws Exception {
    String label = "{'metadata':{'name':'a','labels':{'x.io/l':'%s'}}}";
    assertThat(create(MAPS, label.formatted("v".repeat(64))).causes()).containsExactly(
        "metadata.labels: Invalid value: \"" + "v".repeat(64) + "\": must be no more than 63 bytes");
    assertThat(create(MAPS, label.formatted("a/b")).code()).isEqualTo(422);
    assertThat(create(MAPS, label.formatted("v".repeat(63))).code()).isEqualTo(201);
  }

  @Test
  void wantsTheNameOfThePath() throws Exception {
    named(MAPS, "a");
    assertThat(send("PUT", MAPS + "/a", "{'metadata':{'name':'b'}}").code()).isEqualTo(400);
    assertThat(create(MAPS, "{'metadata':{'name':'b','namespace':'other'}}").code()).isEqualTo(400);
  }
}
