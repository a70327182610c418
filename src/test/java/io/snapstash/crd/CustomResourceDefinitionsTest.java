package io.snapstash.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CustomResourceDefinitionsTest {
  private static final Path FOLDER = Path.of("k8s", "crds");
  private static final int CLIENT_SIDE_APPLY_LIMIT = 256 * 1024;

  static Map<String, String> made() {
    return CrdGenerator.files();
  }

  static Stream<String> files() {
    return made().keySet().stream();
  }

  @Test
  void committedFilesAreInStepWithTheModel() throws IOException {
    if (Boolean.getBoolean("update")) {
      CrdGenerator.main(new String[] {FOLDER.toString()});
    }

    List<String> stale = new ArrayList<>();
    for (Map.Entry<String, String> file : made().entrySet()) {
      Path path = FOLDER.resolve(file.getKey());
      if (!Files.exists(path) || !Files.readString(path).equals(file.getValue())) {
        stale.add(file.getKey());
      }
    }

    assertThat(stale)
        .as("run 'mvn test -Dtest=CustomResourceDefinitionsTest -Dupdate=true' and commit k8s/crds")
        .isEmpty();
    try (Stream<Path> present = Files.list(FOLDER)) {
      assertThat(present.map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))).hasSameElementsAs(made().keySet());
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void staySmallEnoughForClientSideApply(String file) throws IOException {
    String yaml = made().get(file);

    assertThat(yaml.length()).isLessThan(200 * 1000);
    assertThat(Json.MAPPER.writeValueAsString(Json.YAML.readTree(yaml)).length())
        .isLessThan(CLIENT_SIDE_APPLY_LIMIT / 2);
  }

  @Test
  void unknownFieldsAreKeptInEmbeddedCoreTypesAndFreeFormFieldsOnly() throws IOException {
    TreeSet<String> places = new TreeSet<>();
    everySchema((path, schema) -> {
      if (schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
        places.add(path.get(path.size() - 2) + " " + path.getLast());
      }
    });

    assertThat(places).containsExactlyElementsOf(
        new TreeSet<>(Files.readAllLines(Path.of("src", "test", "resources", "kept-whole.txt"))));
  }

  @Test
  void rulesInsideListsStandOnBoundedListsOnly() throws IOException {
    List<String> unbounded = new ArrayList<>();
    everySchema((path, schema) -> {
      boolean bounded = schema.has("maxItems") && schema.at("/items/properties/name").has("maxLength");
      if (schema.has("x-kubernetes-validations") && schema.path("type").asText().equals("array") && !bounded) {
        unbounded.add(String.join(".", path));
      }
    });

    assertThat(unbounded).as("the API server would refuse these for their estimated cost").isEmpty();
  }

  private static void everySchema(BiConsumer<List<String>, JsonNode> visitor) throws IOException {
    for (Map.Entry<String, String> file : made().entrySet()) {
      JsonNode schema = Json.YAML.readTree(file.getValue()).at("/spec/versions/0/schema/openAPIV3Schema");
      visit(List.of(file.getKey()), schema, visitor);
    }
  }

  private static void visit(List<String> path, JsonNode schema, BiConsumer<List<String>, JsonNode> visitor) {
    visitor.accept(path, schema);
    schema.path("properties").properties().forEach(property -> {
      List<String> longer = new ArrayList<>(path);
      longer.add(property.getKey() + (property.getValue().has("items") ? "[]" : ""));
      visit(longer, property.getValue(), visitor);
    });
    for (String inner : List.of("items", "additionalProperties")) {
      if (schema.path(inner).isObject()) {
        visit(path, schema.path(inner), visitor);
      }
    }
  }
}
