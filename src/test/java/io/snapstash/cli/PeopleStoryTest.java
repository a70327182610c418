package io.snapstash.cli;

import static io.snapstash.kube.ResourceTypes.BACKUP_CONFIGURATIONS;
import static io.snapstash.kube.ResourceTypes.BACKUP_SESSIONS;
import static io.snapstash.kube.ResourceTypes.BACKUP_STORAGES;
import static io.snapstash.kube.ResourceTypes.CLAIMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.snapstash.app.ExitCode;
import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.Given;
import io.snapstash.fixtures.OperatorWorld;
import io.snapstash.fixtures.StoryWorld;
import io.snapstash.sandbox.Manifests;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a person does at a terminal. */
class PeopleStoryTest {
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
          System.err, world.time());

      RunCommands.pause(cluster, line("b"), terminal, false);
      assertThat(world.tree(BACKUP_CONFIGURATIONS, "b").at("/spec/paused").asBoolean(true)).isFalse();
      world.until("first run", Duration.ofMinutes(10), () -> world.list(BACKUP_SESSIONS).size() == 1
          && world.list(BACKUP_SESSIONS).stream().allMatch(run -> "Failed".equals(run.getStatus().phase())));
      world.advance(Duration.ofMinutes(1));
      assertThat(RunCommands.trigger(cluster, line("b"), terminal)).isEqualTo(ExitCode.DONE);
      world.until("two runs", Duration.ofMinutes(10), () -> world.list(BACKUP_SESSIONS).size() == 2
          && world.list(BACKUP_SESSIONS).stream().allMatch(run -> "Failed".equals(run.getStatus().phase())));
      assertThat(DebugCommand.run(cluster, line("backup", "b"), terminal)).isEqualTo(ExitCode.DONE);
      assertThat(StatusCommand.run(cluster, line(), terminal)).isEqualTo(ExitCode.DONE);

      assertThat(printed.toString(StandardCharsets.UTF_8)).contains("backupconfiguration.core.kubestash.com/b resumed",
          "backupsession.core.kubestash.com/b-frequent-", "BackupConfiguration demo/b: Ready",
          "volumesnapshot   Failed   source:", "FAILING BackupSession demo/b-frequent-", "FF");
    }
  }

  private static CommandLine line(String... words) {
    return CommandLine.parse(List.of(words), Set.of(), Set.of());
  }
}
