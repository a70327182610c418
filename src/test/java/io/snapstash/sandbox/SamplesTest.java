package io.snapstash.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SamplesTest {
  static Stream<Sample> samples() {
    return Sample.all().stream();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyWorkloadMeetsPodSecurityRestricted(Sample sample) {
    List<JsonNode> pods = sample.manifests("workload.yaml").stream().map(SamplesTest::podSpec)
        .filter(spec -> !spec.isMissingNode()).toList();

    assertThat(pods).isNotEmpty().allSatisfy(pod -> {
      assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
      assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
      assertThat(pod.path("containers")).allSatisfy(container -> {
        assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(container.at("/securityContext/capabilities/drop/0").asText()).isEqualTo("ALL");
      });
    });
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theTemplatesOfARestoreNameNoSource(Sample sample) {
    JsonNode templates = sample.manifests("restoresession.yaml").getFirst()
        .at("/spec/addon/tasks/0/targetVolumes/volumeClaimTemplates");

    assertThat(templates).isNotEmpty().allSatisfy(template -> {
      assertThat(template.at("/spec/dataSource").isMissingNode()).isTrue();
      assertThat(template.at("/spec/dataSourceRef").isMissingNode()).isTrue();
    });
  }

  @ParameterizedTest
  @MethodSource("samples")
  void backupAndRestoreOfASampleSpeakOfTheSameRepository(Sample sample) {
    ObjectNode backup = sample.manifests("backupconfiguration.yaml").getFirst();
    ObjectNode restore = sample.manifests("restoresession.yaml").getFirst();

    assertThat(restore.at("/spec/dataSource/repository").asText())
        .isEqualTo(backup.at("/spec/sessions/0/repositories/0/name").asText());
    assertThat(backup.at("/metadata/name").asText()).isEqualTo(sample.name());
    assertThat(restore.at("/metadata/name").asText()).isEqualTo(sample.restoreSession());
  }

  private static JsonNode podSpec(ObjectNode manifest) {
    return manifest.path("kind").asText().equals("Pod") ? manifest.path("spec") : manifest.at("/spec/template/spec");
  }
}
