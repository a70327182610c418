package io.snapstash.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.engine.SystemTime;
import io.snapstash.fixtures.Azurite;
import io.snapstash.fixtures.GcsServer;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The drill, wherever the catalogue is kept. */
class DrillTest {
  private static final int MINUTES = 8;

  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);
  @TempDir
  private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"--drill", "--drill --local"})
  void bothDisastersAreRecoveredFrom(String arguments) throws InterruptedException {
    int exit = new SandboxCommand(out, out).run(List.of(arguments.split(" ")));

    assertThat(exit).as(told.toString(StandardCharsets.UTF_8)).isZero();
  }

  @Test
  void andWithACatalogueOfGoogle() throws Exception {
    try (GcsServer google = GcsServer.start().createBucket("catalogues")) {
      play(with(google.secret(), Map.of("SNAPSTASH_STORAGE_GCS_ENDPOINT", google.endpoint()))
          .on("gcs", "{bucket: catalogues, prefix: p, secretName: cloud-secret}"));
    }
  }

  @Test
  void andWithACatalogueOfAzure() throws Exception {
    Azurite.Outcome azurite = Azurite.get();
    assumeTrue(azurite.service().isPresent(), azurite.reason());

    play(with(azurite.service().get().createContainer("drill").secret(),
        Map.of("SNAPSTASH_STORAGE_AZURE_ENDPOINT", azurite.service().get().endpoint()))
        .on("azure", "{storageAccount: demoaccount, container: drill, prefix: p, secretName: cloud-secret}"));
  }

  private static Drill.Catalogue with(Map<String, byte[]> keys, Map<String, String> settings) throws IOException {
    List<ObjectNode> manifests = new ArrayList<>(Drill.Catalogue.inBucket().manifests());
    ObjectNode secret = Manifests.parse(
        "{apiVersion: v1, kind: Secret, metadata: {name: cloud-secret, namespace: demo}}").getFirst();
    keys.forEach((key, value) -> secret.withObject("/data").put(key, value));
    manifests.add(1, secret);
    return new Drill.Catalogue(manifests, settings);
  }

  private void play(Drill.Catalogue catalogue) throws Exception {
    Vertx vertx = Vertx.vertx();
    try (SystemTime time = new SystemTime()) {
      SandboxSetup.Lasting lasting = SandboxSetup.Lasting.start(vertx).toCompletionStage().toCompletableFuture()
          .get(1, TimeUnit.MINUTES);
      List<SampleTour.Row> rows = new Drill(vertx, time, new Terminal(out, time, false), lasting, folder, catalogue)
          .run().toCompletionStage().toCompletableFuture().get(MINUTES, TimeUnit.MINUTES);
      lasting.close();

      assertThat(rows).as(told.toString(StandardCharsets.UTF_8)).hasSizeGreaterThan(5)
          .allMatch(row -> row.content().equals("as before"));
    } finally {
      vertx.close();
    }
  }
}
