package io.snapstash.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.CustomResource;
import io.snapstash.api.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One small object of each kind: fits the definition, and comes back from the model as it was. */
class ExamplesTest {
  private static final Map<String, JsonNode> SCHEMAS = schemas();

  static Stream<JsonNode> examples() throws IOException {
    try (var yaml = Objects.requireNonNull(ExamplesTest.class.getResourceAsStream("/examples.yaml"))) {
      List<JsonNode> examples = new ArrayList<>();
      Json.YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml).forEachRemaining(examples::add);
      return examples.stream();
    }
  }

  @Test
  void thereIsOneForEveryKind() throws IOException {
    assertThat(examples().map(example -> example.path("kind").asText())).containsAll(SCHEMAS.keySet());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void fitTheSchema(JsonNode example) {
    assertThat(SchemaCheck.complaints(SCHEMAS.get(example.path("kind").asText()), example)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void comeBackFromTheModelAsTheyWere(JsonNode example) throws Exception {
    Class<?> type = Class.forName("io.snapstash.api." + example.path("kind").asText());

    String written = Json.MAPPER.writeValueAsString(Json.MAPPER.treeToValue(example, type));

    assertThat(Json.MAPPER.readTree(written)).isEqualTo(example);
  }

  @Test
  void mistakesAreNamedByTheirPlace() {
    ObjectNode session = Json.MAPPER.createObjectNode();
    session.putObject("spec").put("sesion", "typo").put("backupTimeout", "soon").put("retryLeft", "one");
    session.putObject("status").put("phase", "Done");

    assertThat(SchemaCheck.complaints(SCHEMAS.get("BackupSession"), session)).containsExactlyInAnyOrder(
        "spec.sesion: unknown field", "spec.backupTimeout: does not match", "spec.retryLeft: not integer",
        "status.phase: not one of [Pending, Running, Succeeded, Failed, Skipped]");
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void schedulesThatACronJobTakesAreNeverRefused(String schedule) {
    JsonNode property = SCHEMAS.get("BackupConfiguration")
        .at("/properties/spec/properties/sessions/items/properties/scheduler/properties/schedule");

    assertThat(SchemaCheck.complaints(property, Json.MAPPER.valueToTree(schedule))).isEmpty();
  }

  static Stream<String> schedules() {
    return Stream.of("*/5 * * * *", "0 3 * * MON-FRI", "0\t3 1,15 jan-mar ?", " 0 3 * * * ", "@daily", "@every 5m",
        "@every 1h30m", "CRON_TZ=Europe/Berlin 0 3 * * *", "TZ=UTC @hourly", "59 23 31 2 0");
  }

  @Test
  void durationsAreThoseOfGo() {
    JsonNode property = SCHEMAS.get("BackupSession").at("/properties/spec/properties/backupTimeout");

    assertThat(Stream.of("90s", "1h30m", "0", "1.5h", ".5s", "2m0s", "100ms", "-1s", "5µs"))
        .allSatisfy(good -> assertThat(SchemaCheck.complaints(property, Json.MAPPER.valueToTree(good))).isEmpty());
    assertThat(Stream.of("", "30", "1d", "1h 30m", "s", "soon"))
        .allSatisfy(bad -> assertThat(SchemaCheck.complaints(property, Json.MAPPER.valueToTree(bad))).isNotEmpty());
  }

  private static Map<String, JsonNode> schemas() {
    return CrdGenerator.kinds().stream().collect(Collectors.toMap(CustomResource::getKind,
        kind -> CrdGenerator.definition(kind).at("/spec/versions/0/schema/openAPIV3Schema")));
  }
}
