package io.snapstash.story;

import static io.snapstash.kube.ResourceTypes.JOBS;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.snapstash.csi.CsiTypes;
import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.ARestore;
import io.snapstash.fixtures.OperatorWorld;
import io.snapstash.sandbox.apiserver.RequestLog;
import io.snapstash.sandbox.cluster.ContainerRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The job commands as processes of their own, which know nothing but arguments, environment and a kubeconfig. */
class ProcessStoryTest extends Story {
  private final Path folder;
  private final Watched watched;

  /** A container that was run, and what came of it. */
  private record Ran(ContainerRunner.Container container, int exitCode) {
    String command() {
      return container.args().getFirst();
    }
  }

  /** Keeps what was started, and how it ended. */
  private static final class Watched {
    private final List<Ran> ran = new CopyOnWriteArrayList<>();

    ContainerRunner around(ContainerRunner processes) {
      return new ContainerRunner() {
        @Override
        public boolean knows(String image) {
          return processes.knows(image);
        }

        @Override
        public Running start(Container container) {
          Running running = processes.start(container);
          running.exit().onSuccess(code -> ran.add(new Ran(container, code)));
          return running;
        }
      };
    }
  }

  ProcessStoryTest() throws IOException {
    Path output = Files.createDirectories(Path.of("target", "process-story"));
    Path fresh = Files.createTempDirectory(output, "run");
    Watched runs = new Watched();
    super(OperatorWorld.withProcesses(fresh, runs::around));
    folder = fresh;
    watched = runs;
  }

  @Test
  void aSlotOfTheScheduleIsBackedUpAndRestoredByProcesses() {
    storage();
    claim("source", "old");
    ZonedDateTime slot = world.time().now().atZone(ZoneOffset.UTC).plusMinutes(2);

    world.apply(ABackup.ofClaim("b", "source").schedule(slot.getMinute() + " " + slot.getHour() + " * * *")
        .manifests());
    world.until("the scheduled backup", Duration.ofMinutes(10), () -> runs("b").size() == 2
        && runs("b").stream().allMatch(run -> phase(run).equals("Succeeded")));
    world.write("source", "new");
    restore(ARestore.of("r", "b-repo").into("back"), "r", "Succeeded");

    assertThat(world.read("back")).isEqualTo("old");
    assertThat(world.read("source")).isEqualTo("new");
    assertThat(world.list(CsiTypes.VOLUME_SNAPSHOTS)).hasSize(2);
    assertThat(watched.ran).as(this::output).extracting(Ran::command)
        .containsExactly("backup", "trigger", "backup", "restore");
    assertThat(watched.ran).as(this::output).extracting(Ran::exitCode).containsOnly(0);
    theProcessesGotWhatTheirPodTemplatesGive();
    theirRequestsWentOutInTheNameOfTheirAccounts();
    world.staysQuietForTenMinutes();
  }

  private void theProcessesGotWhatTheirPodTemplatesGive() {
    Map<String, Container> templates = world.list(JOBS).stream().collect(Collectors.toMap(
        job -> job.getMetadata().getName(), ProcessStoryTest::container));
    watched.ran.forEach(ran -> {
      String job = templates.keySet().stream().filter(name -> ran.container().pod().startsWith(name)).findFirst()
          .orElseThrow();
      assertThat(ran.container().env().keySet()).as(job).containsExactlyInAnyOrderElementsOf(
          templates.get(job).getEnv().stream().map(EnvVar::getName).toList());
      assertThat(ran.container().args()).as(job).containsExactlyElementsOf(templates.get(job).getArgs());
    });
  }

  private static Container container(Job job) {
    return job.getSpec().getTemplate().getSpec().getContainers().getFirst();
  }

  private void theirRequestsWentOutInTheNameOfTheirAccounts() {
    List<RequestLog.Entry> requests =
        world.server().requests().matching(entry -> entry.userAgent().equals("snapstash/job"));
    assertThat(requests).extracting(RequestLog.Entry::user).containsOnly(watched.ran.stream()
        .map(ran -> ran.container().serviceAccount()).distinct().toArray(String[]::new));
    assertThat(requests).extracting(RequestLog.Entry::what).contains("create backupsessions",
        "create volumesnapshots", "create persistentvolumeclaims", "patch snapshots/status",
        "patch restoresessions/status");
  }

  private String output() {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".log")).map(file -> "\n" + file.getFileName() + "\n"
          + text(file)).collect(Collectors.joining());
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}
