package io.snapstash.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The ways to install: folder by folder, by Kustomization, by the one file that holds it all. With
 * {@code -Dupdate=true} the file is written anew.
 */
class InstallationTest {
  private static final Path ROOT = Path.of("k8s");
  private static final Path WHOLE = ROOT.resolve("install.yaml");
  private static final List<String> PARTS = List.of("crds", "rbac", "operator");
  private static final String NAMESPACE = "operator/10-namespace.yaml";
  private static final String HEAD = """
      # Everything that lies in k8s/crds, k8s/rbac and k8s/operator, in one file that is made from them:
      # kubectl apply -f k8s/install.yaml
      """;

  @ParameterizedTest
  @ValueSource(strings = {"crds", "rbac", "operator"})
  void theKustomizationOfAPartNamesItsFiles(String part) {
    assertThat(resources(ROOT.resolve(part))).containsExactlyElementsOf(files(part));
  }

  @Test
  void theKustomizationOfAllNamesTheParts() {
    assertThat(resources(ROOT)).containsExactlyElementsOf(PARTS);
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void anOverlayStandsOnTheParts(Path overlay) {
    assertThat(resources(overlay)).containsAll(PARTS.stream().map(part -> "../../" + part).toList())
        .allSatisfy(resource -> assertThat(overlay.resolve(resource)).exists());
  }

  @Test
  void theOneFileHoldsWhatThePartsHold() throws IOException {
    String whole = HEAD + Stream.concat(Stream.of(NAMESPACE), PARTS.stream()
            .flatMap(part -> files(part).stream().map(file -> part + "/" + file)).filter(file -> !file.equals(NAMESPACE)))
        .map(InstallationTest::text).map(text -> text.startsWith("---") ? text : "---\n" + text)
        .collect(Collectors.joining());
    if (Boolean.getBoolean("update")) {
      Files.writeString(WHOLE, whole);
    }

    assertThat(WHOLE).as("run with -Dupdate=true after changing a manifest").hasContent(whole);
  }

  static Stream<Path> overlays() throws IOException {
    try (Stream<Path> folders = Files.list(ROOT.resolve("overlays"))) {
      return folders.sorted().toList().stream();
    }
  }

  private static List<String> resources(Path folder) {
    try {
      JsonNode kustomization = Json.YAML.readTree(folder.resolve("Kustomization").toFile());
      List<String> resources = new ArrayList<>();
      kustomization.path("resources").forEach(resource -> resources.add(resource.asText()));
      return resources;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static List<String> files(String part) {
    try (Stream<Path> files = Files.list(ROOT.resolve(part))) {
      return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".yaml")).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String text(String file) {
    try {
      return Files.readString(ROOT.resolve(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
