package io.snapstash.cli;

import static io.snapstash.kube.ResourceTypes.BACKUP_CONFIGURATIONS;
import static io.snapstash.kube.ResourceTypes.BACKUP_SESSIONS;
import static io.snapstash.kube.ResourceTypes.BACKUP_STORAGES;
import static io.snapstash.kube.ResourceTypes.CLAIMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import io.snapstash.app.ExitCode;
import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.Given;
import io.snapstash.fixtures.OperatorWorld;
import io.snapstash.fixtures.StoryWorld;
import io.snapstash.kube.KubeClient;
import io.snapstash.sandbox.Manifests;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a person does at a terminal. */
class PeopleStoryTest {
  private static final String PERSON = "a-person";
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void aPersonPausesResumesTriggersAndFindsOutWhyItFailed() throws InterruptedException {
    // Its deadlines of minutes follow from creation timestamps, which a real server sets by a clock of its own.
    assumeTrue(System.getProperty("sandbox.kubeconfig", "").isBlank(), "needs the embedded API server");
    try (StoryWorld world = OperatorWorld.start()) {
      world.behaviour().failSnapshotOf("source");
      world.apply(Manifests.file("k8s/samples/00-storage.yaml"));
      world.until("storage ready", () -> world.phase(BACKUP_STORAGES, "s3-storage").equals("Ready"));
      world.apply(Given.claim("source"));
      world.until("bound", () -> world.phase(CLAIMS, "source").equals("Bound"));
      world.apply(ABackup.ofClaim("b", "source").timeout("2m").paused().manifests());
      world.until("ready", () -> world.phase(BACKUP_CONFIGURATIONS, "b").equals("Ready"));
      Cluster cluster = new Cluster(world.client(), "demo");
      People.Terminal terminal = new People.Terminal(new PrintStream(printed, true, StandardCharsets.UTF_8),
          System.err, world.time(), false);

      RunCommands.pause(cluster, line("b"), terminal, false);
      assertThat(world.tree(BACKUP_CONFIGURATIONS, "b").at("/spec/paused").asBoolean(true)).isFalse();
      world.until("first run", Duration.ofMinutes(10), () -> world.list(BACKUP_SESSIONS).size() == 1
          && world.list(BACKUP_SESSIONS).stream().allMatch(run -> "Failed".equals(run.getStatus().phase())));
      world.advance(Duration.ofMinutes(1));
      assertThat(RunCommands.trigger(cluster, line("b"), terminal)).isEqualTo(ExitCode.DONE);
      world.until("two runs", Duration.ofMinutes(10), () -> world.list(BACKUP_SESSIONS).size() == 2
          && world.list(BACKUP_SESSIONS).stream().allMatch(run -> "Failed".equals(run.getStatus().phase())));
      assertThat(DebugCommand.run(cluster, line("backup", "b"), terminal)).isEqualTo(ExitCode.DONE);
      assertThat(DebugCommand.run(cluster, line("backupstorage", "s3-storage"), terminal)).isEqualTo(ExitCode.DONE);
      assertThat(world.files()).noneMatch(file -> file.endsWith("debug_metadata.yaml"));
      assertThat(StatusCommand.run(cluster, line(), terminal)).isEqualTo(ExitCode.DONE);

      assertThat(printed.toString(StandardCharsets.UTF_8)).contains("backupconfiguration.core.kubestash.com/b resumed",
          "backupsession.core.kubestash.com/b-frequent-", "BackupConfiguration demo/b: Ready",
          "volumesnapshot   Failed   source:",
          "event ", "Job demo/b-frequent-", "Log of Pod b-frequent-", "debug_metadata.yaml: written and removed", "FAILING BackupSession demo/b-frequent-", "FF");
    }
  }

  @Test
  void whoWatchesIsToldOfChangesWithoutAnotherListUntilTheyHaveSeenEnough() throws InterruptedException {
    Printed shown = new Printed();
    try (StoryWorld world = OperatorWorld.start()) {
      world.apply(Manifests.file("k8s/samples/00-storage.yaml"));
      world.apply(Given.claim("source"));
      world.until("bound", () -> world.phase(CLAIMS, "source").equals("Bound"));
      KubeClient client = KubeClient.create(new ConfigBuilder(Config.empty()).withMasterUrl(world.server().url())
          .withUserAgent(PERSON).build(), new OkHttpClientFactory(), 16, Duration.ofSeconds(30));
      CommandLine line = CommandLine.parse(List.of("--watch"), Set.of(), Set.of("watch"));
      AtomicReference<ExitCode> end = new AtomicReference<>();
      Thread person = Thread.ofPlatform().start(() -> end.set(StatusCommand.run(new Cluster(client, "demo"), line,
          new People.Terminal(shown.stream(), System.err, world.time(), false))));
      shown.await("0 of 0 applications protected");
      world.server().requests().clear();

      world.apply(ABackup.ofClaim("b", "source").manifests());
      world.until("good", () -> world.list(BACKUP_SESSIONS).stream().anyMatch(run -> run.getStatus() != null
          && "Succeeded".equals(run.getStatus().phase())));
      shown.await("1 of 1 applications protected");

      assertThat(world.server().requests().matching(entry -> entry.userAgent().equals(PERSON)
          && !entry.verb().equals("watch") && !entry.resource().equals("volumesnapshots"))).isEmpty();
      person.interrupt();
      person.join(Duration.ofSeconds(30));
      assertThat(end).hasValue(ExitCode.DONE);
      client.close();
    }
  }

  private static CommandLine line(String... words) {
    return CommandLine.parse(List.of(words), Set.of(), Set.of());
  }
}
