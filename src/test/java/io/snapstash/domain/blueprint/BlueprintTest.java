package io.snapstash.domain.blueprint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.BackupConfigurationTemplate;
import io.snapstash.api.Json;
import io.snapstash.domain.target.Target;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlueprintTest {
  private static final Target WEB = new Target("apps", "Deployment", "shop", "web");
  private static final String TEMPLATE = """
      backends: [{name: s3, storageRef: {name: store, namespace: backup}}]
      sessions:
      - name: nightly
        scheduler: {schedule: '${schedule:=0 2 * * *}', jobTemplate: {}}
        addon: {name: workload-addon, tasks: [{name: volume-snapshot, params: {class: '${class}'}}]}
        repositories: [{name: '${targetName}-repo', backend: s3, directory: '/${namespace}/${targetKind}'}]
      - name: ${second:=hourly}
        scheduler: {schedule: '${hourly}', jobTemplate: {}}
        addon: {name: workload-addon, tasks: [{name: volume-snapshot}]}
        repositories: [{name: hourly-repo, backend: s3, directory: /h}]
      """;

  private static BlueprintResult result(String template, String... annotations) {
    Map<String, String> all = new HashMap<>(
        Map.of("blueprint.kubestash.com/name", "b", "blueprint.kubestash.com/namespace", "backup"));
    for (int at = 0; at < annotations.length; at += 2) {
      all.put(annotations[at], annotations[at + 1]);
    }
    return BlueprintResult.of(read(template, BackupConfigurationTemplate.class), "backup",
        BlueprintRequest.of(all).orElseThrow(), WEB);
  }

  @Test
  void variablesComeFromAnnotationsDefaultsAndTheObjectItself() {
    BlueprintResult.Made made = (BlueprintResult.Made) result(TEMPLATE, "blueprint.kubestash.com/session-names",
        "nightly", "variables.kubestash.com/class", "fast", "variables.kubestash.com/targetName", "mine");

    JsonNode session = made.spec().at("/sessions/0");
    assertThat(made.spec().path("sessions")).hasSize(1);
    assertThat(session.at("/scheduler/schedule").asText()).isEqualTo("0 2 * * *");
    assertThat(session.at("/addon/tasks/0/params/class").asText()).isEqualTo("fast");
    assertThat(session.at("/repositories/0/name").asText()).as("annotation wins").isEqualTo("mine-repo");
    assertThat(session.at("/repositories/0/directory").asText()).isEqualTo("/shop/Deployment");
    assertThat(made.spec().path("target")).isEqualTo(
        read("{apiGroup: apps, kind: Deployment, namespace: shop, name: web}", JsonNode.class));
  }

  @Test
  void aVariableWithoutValueAndASessionThatIsNotThereAreRefused() {
    assertThat(result(TEMPLATE)).isInstanceOfSatisfying(BlueprintResult.Refused.class, refused ->
        assertThat(refused.message()).contains("class, hourly"));
    assertThat(result(TEMPLATE, "blueprint.kubestash.com/session-names", "weekly, hourly"))
        .isEqualTo(new BlueprintResult.Refused("BlueprintSessionNotFound", "the blueprint has no session weekly"));
  }

  @Test
  void theResultLivesWithTheBlueprintUnlessTheTemplateSaysOtherwise() {
    String simple = "sessions: []\n";

    assertThat(result(simple)).isInstanceOfSatisfying(BlueprintResult.Made.class, made ->
        assertThat(made.namespace() + "/" + made.name()).isEqualTo("backup/shop-deployment-web"));
    assertThat(result(simple + "namespace: ${namespace}")).isInstanceOfSatisfying(BlueprintResult.Made.class, made ->
        assertThat(made.namespace() + "/" + made.name()).isEqualTo("shop/deployment-web"));
  }

  @Test
  void bothNameAndNamespaceOfTheBlueprintAreNeeded() {
    assertThat(BlueprintRequest.of(Map.of("variables.kubestash.com/a", "b"))).isEmpty();
    assertThat(BlueprintRequest.of(Map.of("blueprint.kubestash.com/name", "b")).orElseThrow().isComplete()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      {a: 1}                | {a: 1, b: 2}              | true
      {a: 1}                | {a: 2}                    | false
      {a: {}}               | {}                        | true
      {a: {}}               | {a: {b: 1}}               | true
      {a: []}               | {a: [1]}                  | false
      {l: [{n: x}]}         | {l: [{n: x, limit: 1}]}   | true
      {l: [{n: x}]}         | {l: [{n: x}, {n: y}]}     | false
      {l: [{n: x}]}         | {l: [{n: y}]}             | false
      """)
  void whatWasNotAskedForMayStandBeside(String asked, String found, boolean holds) {
    assertThat(Agreement.holds(read(asked, JsonNode.class), read(found, JsonNode.class))).isEqualTo(holds);
  }

  private static <T> T read(String yaml, Class<T> type) {
    try {
      return Json.YAML.readValue(yaml, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(yaml, e);
    }
  }
}
