package io.snapstash.story;

import static io.snapstash.kube.ResourceTypes.BACKUP_CONFIGURATIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.snapstash.api.Json;
import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.OperatorWorld;
import io.snapstash.sandbox.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What somebody sees who looks while a run is under way. */
class ProgressStoryTest extends Story {
  private static final int PORT = freePort();

  ProgressStoryTest() {
    super(OperatorWorld.start(Map.of(Programs.PORT, Integer.toString(PORT), "SNAPSTASH_HTTP_HOST", "127.0.0.1")));
  }

  private static int freePort() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    } catch (IOException none) {
      throw new IllegalStateException(none);
    }
  }

  private static String workload(String... claims) {
    return """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop, namespace: demo}
        spec:
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec:
              containers:
                - name: main
                  image: busybox
                  volumeMounts: [%s]
              volumes: [%s]
        """.formatted(List.of(claims).stream().map(each -> "{name: %1$s, mountPath: /%1$s}".formatted(each))
            .reduce((one, other) -> one + ", " + other).orElseThrow(), List.of(claims).stream()
            .map(each -> "{name: %1$s, persistentVolumeClaim: {claimName: %1$s}}".formatted(each))
            .reduce((one, other) -> one + ", " + other).orElseThrow());
  }

  /** Reads the stream until it tells of a run that is so far; gives up when the stream is silent for too long. */
  private static void until(BufferedReader stream, int done, int total) throws IOException {
    for (String line = stream.readLine(); line != null; line = stream.readLine()) {
      JsonNode data = line.startsWith("data: ") ? Json.MAPPER.readTree(line.substring(6)) : Json.MAPPER.nullNode();
      for (JsonNode run : data.at("/put/runs")) {
        if (run.path("done").asInt() == done && run.path("total").asInt() == total) {
          assertThat(run.path("parts")).hasSize(1);
          return;
        }
      }
    }
    throw new IOException("the stream has ended");
  }

  @Test
  @Timeout(240)
  void theBarOfAComponentMovesWithEachVolumeThatBecomesReady() throws IOException, InterruptedException {
    storage();
    claim("quick", "a");
    claim("slow", "b");
    claim("slower", "c");
    world.apply(workload("quick", "slow", "slower"));
    world.behaviour().snapshotOfTakes("slow", Duration.ofSeconds(20)).snapshotOfTakes("slower", Duration.ofSeconds(40));

    try (HttpClient client = HttpClient.newHttpClient();
        BufferedReader stream = new BufferedReader(new InputStreamReader(client.send(HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + PORT + "/api/events")).build(),
            HttpResponse.BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8))) {
      world.apply(ABackup.ofWorkload("b", "Deployment", "shop").manifests());
      world.settle();
      until(stream, 1, 3);
      world.advance(Duration.ofSeconds(21));
      until(stream, 2, 3);
      assertThat(followed()).isEqualTo(1);

      world.until("succeeded", () -> runs("b").stream().allMatch(run -> phase(run).equals("Succeeded")));
    }

    world.staysQuietForTenMinutes();
    everyMetricThatWePublishIsServed(metrics());
    world.delete(BACKUP_CONFIGURATIONS, "b");
    world.until("it is gone", () -> world.find(BACKUP_CONFIGURATIONS, "demo", "b").isEmpty() && runs("b").isEmpty());
    assertThat(metrics()).as("the series of what is gone").doesNotContain("backup_invoker_name=\"b\"",
        "snapstash_application_protected{");
  }

  private static String metrics() throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + "/metrics")).build(),
          HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  /** As the table of the README has them; those of trouble come with it. */
  private static void everyMetricThatWePublishIsServed(String metrics) throws IOException {
    List<String> published = Pattern.compile("`(snapstash_[a-z_]+)`").matcher(Files.readString(Path.of("README.md")))
        .results().map(found -> found.group(1)).toList();

    assertThat(published).hasSizeGreaterThan(15);
    assertThat(published).filteredOn(name -> !metrics.contains("\n" + name))
        .isSubsetOf("snapstash_watch_restarts_total", "snapstash_queue_retries_total");
  }

  /** How often the operator began to follow VolumeSnapshots. */
  private long followed() {
    return world.server().requests().matching(entry -> entry.resource().equals("volumesnapshots")
        && entry.verb().equals("watch") && entry.userAgent().equals("snapstash/operator")).size();
  }
}
