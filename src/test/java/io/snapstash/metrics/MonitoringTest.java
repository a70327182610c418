package io.snapstash.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snapstash.api.Json;
import io.snapstash.fixtures.EveryKind;
import io.snapstash.picture.Fates;
import io.snapstash.picture.Inventory;
import io.snapstash.picture.PictureMaker;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Alert rules and dashboard ask for metrics that there are; what Prometheus' own tool says of them counts. */
class MonitoringTest {
  private static final Pattern NAME =
      Pattern.compile("\\b(?:snapstash|core_kubestash_com|storage_kubestash_com)_[a-z_]+");
  /** Served where the process is known, as a story shows. */
  private static final Set<String> OF_THE_PROCESS = Set.of("snapstash_ready");

  private static List<Family> families() {
    ProcessMetrics process = new ProcessMetrics();
    process.queue("Snapshot", () -> 0);
    process.pass("Snapshot", Duration.ZERO, Duration.ofMillis(3), true);
    process.request("GET", "snapshots", 200, Duration.ofMillis(3));
    process.storageRequest("put", true, Duration.ofSeconds(600));
    process.watchRestart("Snapshot");
    Inventory inventory = EveryKind.inventory();
    Instant now = Instant.parse("2026-03-02T12:30:00Z");
    List<Family> all = new ArrayList<>(process.families());
    all.addAll(PictureMetrics.of(new PictureMaker(Fates.UNKNOWN).make(inventory, now)));
    all.add(PictureMetrics.stuckDeletions(inventory, now));
    all.addAll(ObjectMetrics.of(inventory, 5));
    return all;
  }

  private static Set<String> served() {
    Set<String> names = MetricsText.of(families(), MetricsText.PROMETHEUS).lines()
        .filter(line -> !line.startsWith("#")).map(line -> line.replaceAll("[{ ].*", ""))
        .collect(Collectors.toCollection(TreeSet::new));
    names.addAll(OF_THE_PROCESS);
    return names;
  }

  private static Set<String> named(String text) {
    Set<String> names = new TreeSet<>();
    Matcher found = NAME.matcher(text);
    while (found.find()) {
      names.add(found.group());
    }
    return names;
  }

  private static JsonNode rules() throws IOException {
    return Json.YAML.readTree(Files.readString(Path.of("k8s/monitoring/20-rules.yaml"))).path("spec");
  }

  @Test
  void everyAlertAsksForMetricsThatThereAre() throws IOException {
    Set<String> asked = new TreeSet<>();
    rules().at("/groups/0/rules").forEach(rule -> asked.addAll(named(rule.path("expr").asText())));

    assertThat(asked).isNotEmpty().isSubsetOf(served());
  }

  private static List<String> queries() throws IOException {
    List<String> queries = new ArrayList<>();
    Json.MAPPER.readTree(Files.readString(Path.of("k8s/monitoring/dashboard.json"))).path("panels").forEach(panel ->
        panel.path("targets").forEach(target -> queries.add(target.path("expr").asText())));
    return queries;
  }

  @Test
  void everyPanelOfTheDashboardAsksForMetricsThatThereAre() throws IOException {
    assertThat(queries().stream().flatMap(query -> named(query).stream()).collect(Collectors.toSet()))
        .hasSizeGreaterThan(10).isSubsetOf(served());
  }

  /** As the rules of a file, because that is what the tool reads. */
  @Test
  void prometheusUnderstandsEveryQueryOfTheDashboard() throws IOException, InterruptedException {
    String promtool = promtool();
    ObjectNode file = Json.MAPPER.createObjectNode();
    ObjectNode group = file.putArray("groups").addObject().put("name", "dashboard");
    for (String query : queries()) {
      group.withArray("rules").addObject().put("record", "panel:" + group.withArray("rules").size()).put("expr", query);
    }
    Path folder = Files.createDirectories(Path.of("target/promtool"));
    Files.writeString(folder.resolve("dashboard-rules.yaml"), Json.YAML.writeValueAsString(file));

    assertThat(run(new ProcessBuilder(promtool, "check", "rules", "dashboard-rules.yaml").directory(folder.toFile()), ""))
        .contains("SUCCESS: " + queries().size() + " rules found");
  }

  @Test
  void theAlertsAreRaisedByWhatTheyAreMeantFor() throws IOException, InterruptedException {
    String promtool = promtool();
    Path folder = Files.createDirectories(Path.of("target/promtool"));
    Files.writeString(folder.resolve("alert-rules.yaml"), Json.YAML.writeValueAsString((ObjectNode) rules()));
    Files.writeString(folder.resolve("alerts-test.yaml"), Files.readString(Path.of("src/test/resources/alerts-test.yaml")));

    assertThat(run(new ProcessBuilder(promtool, "test", "rules", "alerts-test.yaml").directory(folder.toFile()), ""))
        .contains("SUCCESS").doesNotContain("FAILED");
  }

  /** The published names end as they end; of those Prometheus' tool would rather have others. */
  @Test
  void prometheusReadsWhatIsServed() throws IOException, InterruptedException {
    String told = run(new ProcessBuilder(promtool(), "check", "metrics"),
        MetricsText.of(families(), MetricsText.PROMETHEUS));

    assertThat(told.lines().filter(line -> !line.startsWith("core_kubestash_com")
        && !line.startsWith("storage_kubestash_com"))).isEmpty();
  }

  private static String run(ProcessBuilder builder, String input) throws IOException, InterruptedException {
    Process process = builder.redirectErrorStream(true).start();
    process.outputWriter(StandardCharsets.UTF_8).append(input).close();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return told;
  }

  private static String promtool() throws IOException, InterruptedException {
    Optional<String> present = onPath("promtool");
    if (present.isEmpty() && "root".equals(System.getProperty("user.name")) && onPath("apt-get").isPresent()) {
      run(new ProcessBuilder("apt-get", "install", "-y", "--no-install-recommends", "prometheus"), "");
      present = onPath("promtool");
    }
    assumeTrue(present.isPresent(), "promtool is not installed and could not be");
    return present.get();
  }

  private static Optional<String> onPath(String program) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program)).filter(Files::isExecutable).map(Path::toString).findFirst();
  }
}
