package io.snapstash.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectKeysTest {
  @ParameterizedTest(name = "{0} + {1} + {2} = {3}")
  @CsvSource(delimiter = '|', value = {
      "demo          | /pvc-repo   | repository.yaml | demo/pvc-repo/repository.yaml",
      "/backup/demo  | repo        | repository.yaml | backup/demo/repo/repository.yaml",
      "backup/demo/  | repo/       | repository.yaml | backup/demo/repo/repository.yaml",
      "//backup///demo// | ./repo/. | repository.yaml | backup/demo/repo/repository.yaml",
      "''            | ''          | metadata.yaml   | metadata.yaml",
      "/             | .           | metadata.yaml   | metadata.yaml",
      "a.b           | ...         | x..y            | a.b/.../x..y",
  })
  void areNormalised(String prefix, String directory, String file, String key) {
    assertThat(ObjectKeys.join(prefix, directory, file)).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../other", "a/../b", "a/..", "a\nb", "a\u0000"})
  void neverReachOutOfThePrefix(String directory) {
    assertThatThrownBy(() -> ObjectKeys.join("demo", directory)).isInstanceOfSatisfying(StoreFailure.class,
        failure -> assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.BAD_CONFIGURATION));
  }

  @Test
  void theRootIsInsideNothing() {
    assertThat(ObjectKeys.inside(ObjectKeys.join("/"))).isEmpty();
    assertThat(ObjectKeys.inside("demo")).isEqualTo("demo/");
  }
}
