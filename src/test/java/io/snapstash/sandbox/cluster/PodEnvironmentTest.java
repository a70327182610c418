package io.snapstash.sandbox.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.snapstash.api.Json;
import io.snapstash.kube.KubeClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PodEnvironmentTest {
  private static final String POD = """
      metadata:
        name: trigger-x
        namespace: demo
        labels: {batch.kubernetes.io/job-name: trigger-29000000}
      spec:
        serviceAccountName: snapstash-trigger
        containers:
          - name: main
            image: any
            args: ["trigger", "--job=$(JOB)", "--cost=$$(JOB)", "--left=$(NOBODY)"]
            env:
              - {name: JOB, valueFrom: {fieldRef: {fieldPath: "metadata.labels['batch.kubernetes.io/job-name']"}}}
              - {name: TWICE, value: "$(JOB)/$(JOB)"}
              - {name: WHERE, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}}
      """;

  @Test
  void resolvesFieldsAndReferencesAsAKubeletDoes() throws Exception {
    Pod pod = Json.YAML.readValue(POD, Pod.class);
    Config config = new ConfigBuilder().withMasterUrl("http://127.0.0.1:1").build();
    try (KubeClient unused = KubeClient.create(config, new VertxHttpClientFactory(), 1, Duration.ofSeconds(1))) {

      ContainerRunner.Container container = new PodEnvironment(unused, pod).resolve().result();

      assertThat(container.args())
          .containsExactly("trigger", "--job=trigger-29000000", "--cost=$(JOB)", "--left=$(NOBODY)");
      assertThat(container.env()).containsEntry("TWICE", "trigger-29000000/trigger-29000000")
          .containsEntry("WHERE", "demo");
      assertThat(container.serviceAccount()).isEqualTo("system:serviceaccount:demo:snapstash-trigger");
    }
  }
}
