package io.snapstash.domain.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.snapstash.api.BackendReference;
import io.snapstash.api.BackupConfigurationSpec;
import io.snapstash.api.Json;
import io.snapstash.api.ObjectReference;
import io.snapstash.api.UsagePolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultsTest {
  private static final Map<String, String> LABELS = Map.of("team", "shop");
  private static final Map<String, String> USAGE = Map.of(
      "absent", "{}", "same", "{allowedNamespaces: {from: Same}}", "all", "{allowedNamespaces: {from: All}}",
      "ours", "{allowedNamespaces: {from: Selector, selector: {matchExpressions: "
          + "[{key: team, operator: In, values: [shop, bank]}]}}}",
      "theirs", "{allowedNamespaces: {from: Selector, selector: {matchLabels: {team: bank}}}}");

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
      demo/a same                        | demo/a
      demo/a absent                      | demo/a
      other/a same                       | -
      other/a all, demo/b same           | demo/b
      other/a all, other/b ours          | other/b
      other/a theirs                     | -
      other/a theirs, other/z all        | other/z
      other/b all, other/a all           | other/a
      another/b all, demo/a all          | demo/a
      demo/b same, demo/a same           | demo/a
      """)
  void theDefaultIsFromTheSameNamespaceThenBySelectorThenForAll(String candidates, String chosen) {
    List<BackendReference> backends = defaults(candidates, "").fill(spec("{}")).backends();

    assertThat(backends == null ? List.of() : backends.stream().map(BackendReference::storageRef).toList())
        .isEqualTo(chosen == null ? List.of() : List.of(reference(chosen)));
  }

  @Test
  void anAddedBackendHasNoNameAndGetsTheDefaultPolicyAsWell() {
    assertThat(defaults("demo/s same", "demo/p same").fill(spec("{}")).backends())
        .containsExactly(new BackendReference(null, reference("demo/s"), reference("demo/p")));
  }

  @Test
  void policiesAreFilledInOnlyWhereTheyAreMissing() {
    BackupConfigurationSpec given = spec("{backends: [{name: a, storageRef: {name: s}},"
        + " {name: b, storageRef: {name: s}, retentionPolicy: {name: own}}]}");

    assertThat(defaults("demo/x same", "demo/p same").fill(given).backends())
        .extracting(BackendReference::retentionPolicy)
        .containsExactly(reference("demo/p"), new ObjectReference(null, "own"));
  }

  @Test
  void nothingIsAddedWhereNothingIsMissingOrNothingIsFound() {
    BackupConfigurationSpec whole =
        spec("{backends: [{name: a, storageRef: {name: s}, retentionPolicy: {name: own}}]}");

    assertThat(defaults("demo/x same", "demo/p same").fill(whole)).isSameAs(whole);
    assertThat(defaults("", "").fill(spec("{}")).backends()).isNull();
  }

  private static Defaults defaults(String storages, String policies) {
    return new Defaults("demo", LABELS, candidates(storages), candidates(policies));
  }

  private static List<Candidate> candidates(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).filter(each -> !each.isEmpty())
        .map(each -> each.split(" ")).map(each -> new Candidate(reference(each[0]), usage(each[1]))).toList();
  }

  private static UsagePolicy usage(String name) {
    return read(USAGE.get(name), UsagePolicy.class);
  }

  private static ObjectReference reference(String key) {
    return new ObjectReference(key.split("/")[0], key.split("/")[1]);
  }

  private static BackupConfigurationSpec spec(String yaml) {
    return read(yaml, BackupConfigurationSpec.class);
  }

  private static <T> T read(String yaml, Class<T> type) {
    try {
      return Json.YAML.readValue(yaml, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(yaml, e);
    }
  }
}
