package io.snapstash.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Objects written for the published definitions are accepted by ours, and mean the same. */
class PublishedSchemaTest {
  private static final Path FACTS = Path.of("src", "test", "resources", "published-schema.txt");
  private static final Path REFERENCE =
      Path.of(System.getProperty("reference.crds", Path.of("..", "shared", "reference", "crds").toString()));

  @Test
  void factsAreThoseOfThePublishedFiles() throws IOException {
    assumeTrue(Files.isDirectory(REFERENCE), "published files are not here");
    FactSheet published = FactSheet.ofFolder(REFERENCE, "kubestash.com");
    if (Boolean.getBoolean("update")) {
      Files.writeString(FACTS, published.text());
    }

    assertThat(Files.readString(FACTS))
        .as("run 'mvn test -Dtest=PublishedSchemaTest -Dupdate=true' and commit what changed")
        .isEqualTo(published.text());
    assertThat(FactSheet.parse(published.text()).text()).isEqualTo(published.text());
  }

  @Test
  void namesScopesColumnsAndSubresourcesAreThePublishedOnes() throws IOException {
    assertThat(ours().heads()).isEqualTo(published().heads());
  }

  @Test
  void everyPublishedPathIsAcceptedAsPublishedExceptWhereWeChoseOtherwise() throws IOException {
    List<Difference> differences = Difference.between(published(), ours());

    assertThat(differences).filteredOn(d -> Choice.LIST.stream().noneMatch(choice -> choice.covers(d))).isEmpty();
    assertThat(Choice.LIST).filteredOn(choice -> differences.stream().noneMatch(choice::covers)).isEmpty();
  }

  private static FactSheet published() throws IOException {
    return FactSheet.parse(Files.readString(FACTS));
  }

  private static FactSheet ours() throws IOException {
    return FactSheet.ofFolder(Path.of("k8s", "crds"), "kubestash.com");
  }
}
