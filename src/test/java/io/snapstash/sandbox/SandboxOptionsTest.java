package io.snapstash.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SandboxOptionsTest {
  @Test
  void takesTheKubeconfigInBothSpellings() {
    assertThat(SandboxOptions.parse(List.of("--once", "--kubeconfig", "a")).kubeconfig()).contains(Path.of("a"));
    assertThat(SandboxOptions.parse(List.of("--kubeconfig=b")).kubeconfig()).contains(Path.of("b"));
  }

  @Test
  void refusesWhatItDoesNotKnowAndWhatIsNotThereYet() {
    assertThatThrownBy(() -> SandboxOptions.parse(List.of("--twice"))).hasMessageContaining("--twice");
    assertThatThrownBy(() -> SandboxOptions.parse(List.of("--drill", "--kubeconfig", "f")))
        .hasMessageContaining("--drill");
    assertThatThrownBy(() -> SandboxOptions.parse(List.of("--kubeconfig"))).hasMessageContaining("needs a file");
  }
}
