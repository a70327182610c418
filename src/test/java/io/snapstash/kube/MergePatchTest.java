package io.snapstash.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.Json;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "{}                 | {}                 | ",
      "{a: 1}             | {a: 1}             | ",
      "{a: 1}             | {a: 2}             | {a: 2}",
      "{a: 1, b: 2}       | {a: 1}             | {b: null}",
      "{a: {b: 1, c: 2}}  | {a: {b: 1, c: 3}}  | {a: {c: 3}}",
      "{a: {b: 1}}        | {a: {b: 1}}        | ",
      "{a: [1, 2]}        | {a: [1, 3]}        | {a: [1, 3]}",
      "{}                 | {a: {b: 1}}        | {a: {b: 1}}"})
  void holdsWhatDiffersAndNothingElse(String before, String after, String patch) throws IOException {
    assertThat(MergePatch.between(tree(before), tree(after)).map(JsonNode.class::cast))
        .isEqualTo(patch == null ? java.util.Optional.empty() : java.util.Optional.of(tree(patch)));
  }

  private static JsonNode tree(String yaml) throws IOException {
    return Json.YAML.readTree(yaml);
  }
}
