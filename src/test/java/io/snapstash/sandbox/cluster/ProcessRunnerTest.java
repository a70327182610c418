package io.snapstash.sandbox.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessRunnerTest {
  @Test
  void aProcessInheritsNothing(@TempDir Path folder) throws IOException {
    Path kubeconfig = folder.resolve("kubeconfig");
    ContainerRunner.Container container = new ContainerRunner.Container("demo", "pod-1",
        "system:serviceaccount:demo:backup", List.of("backup", "--namespace=demo"), Map.of("SNAPSTASH_PLAN", "{}"));

    ProcessBuilder process = new ProcessRunner("snapstash/", _ -> kubeconfig, folder).builder(container);

    assertThat(process.environment()).containsOnly(Map.entry("SNAPSTASH_PLAN", "{}"),
        Map.entry("KUBECONFIG", kubeconfig.toString()));
    assertThat(process.command()).endsWith("io.snapstash.Main", "backup", "--namespace=demo");
    assertThat(process.command()).hasSize(5);
  }
}
