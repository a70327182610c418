package io.snapstash.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snapstash.app.UsageException;
import io.snapstash.fixtures.AnInventory;
import io.snapstash.picture.Fates;
import io.snapstash.picture.Picture;
import io.snapstash.picture.PictureMaker;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StatusTableTest {
  private final Picture picture = new PictureMaker(Fates.UNKNOWN).make(new AnInventory()
      .configuration("web", "0 * * * *").storage("s3").claim("forgotten")
      .run("web", "web-1", "Failed", "2026-03-02T11:00:00Z").failedSnapshot("web", "web-1", "no space left")
      .run("web", "web-2", "Succeeded", "2026-03-02T12:00:00Z").snapshot("web", "web-2", "Succeeded", "data")
      .build(), Instant.parse("2026-03-02T12:30:00Z"));

  @Test
  void theTableBeginsWithTheLineOfTruth() {
    assertThat(StatusCommand.text(picture, "table")).isEqualTo("""
        1 of 1 applications protected, 0 late, 0 without backup; 0 failing, 0 running, 1 claims without backup
        oldest last good backup 30m ago (demo/PersistentVolumeClaim/web)
        next run in 30m (demo/PersistentVolumeClaim/web)

        NAMESPACE   APPLICATION                 STATE       LAST GOOD   NEXT RUN   LAST RUNS
        demo        PersistentVolumeClaim/web   protected   30m ago     in 30m     FS

        claims without any backup: demo/forgotten
        """);
  }

  @Test
  void theWideTableTellsOfScheduleRepositoriesAndStoragesToo() {
    assertThat(StatusCommand.text(picture, "wide")).contains("0 * * * *", "web-repo", "s3", "b/p");
  }

  @Test
  void dataIsThePictureOfThePage() {
    assertThat(StatusCommand.text(picture, "json")).startsWith("{\n  \"schema\" : 1,").contains("\"protected\" : 1");
    assertThat(StatusCommand.text(picture, "yaml")).startsWith("schema: 1\n").doesNotContain("the-secret");
  }

  @Test
  void optionsAreSpeltAsInKubectl() {
    CommandLine line = CommandLine.parse(List.of("web", "-n", "demo", "-o=json", "-A", "--context", "c"),
        Set.of("output"), Set.of("all-namespaces"));

    assertThat(line.words(1, "")).containsExactly("web");
    assertThat(line.get("namespace")).contains("demo");
    assertThat(line.get("output")).contains("json");
    assertThat(line.has("all-namespaces")).isTrue();
  }

  @Test
  void whatIsUnknownIsRefused() {
    assertThatThrownBy(() -> CommandLine.parse(List.of("--wat"), Set.of(), Set.of())).isInstanceOf(UsageException.class)
        .hasMessage("unknown argument: --wat");
    assertThatThrownBy(() -> CommandLine.parse(List.of("-n"), Set.of(), Set.of())).isInstanceOf(UsageException.class);
  }

  @Test
  void theFormOfJobsIsLeftToJobs() {
    assertThat(People.means("trigger", List.of("--namespace=demo", "--invoker=web", "--session=s"))).isFalse();
    assertThat(People.means("trigger", List.of("web", "-n", "demo"))).isTrue();
    assertThat(People.means("backup", List.of())).isFalse();
  }
}
