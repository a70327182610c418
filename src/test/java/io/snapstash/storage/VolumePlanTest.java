package io.snapstash.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.snapstash.api.BackupStorage;
import io.snapstash.api.StoredRepository;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VolumePlanTest {
  private static List<StoredRepository> repositories(int count) {
    return IntStream.range(0, count).mapToObj(number -> new StoredRepository("application-" + number + "-repository",
        "team-" + number % 10, "/application-" + number, null, null, null)).toList();
  }

  @Test
  void aPlanIsReadAsItWasWritten() {
    BackupStorage storage = new BackupStorage();
    storage.setMetadata(new ObjectMetaBuilder().withName("volume").withNamespace("demo").build());

    VolumePlan read = VolumePlan.decode(VolumePlan.of(storage, "1").about(repositories(1).getFirst()).encode());

    assertThat(read.storage().getMetadata().getName()).isEqualTo("volume");
    assertThat(read.entry()).contains(repositories(1).getFirst());
    assertThat(read.repository()).isEmpty();
    assertThat(read.version()).isEqualTo("1");
  }

  @Test
  void whatIsNoPlanIsRefused() {
    assertThatThrownBy(() -> VolumePlan.decode("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> VolumePlan.decode("{}")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aReportOfManyRepositoriesFitsIntoATerminationMessage() {
    VolumeReport report = new VolumeReport("", repositories(200), 0);

    String message = report.encode().orElseThrow();

    assertThat(message.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(4096);
    assertThat(VolumeReport.decode(message)).contains(report);
  }

  @Test
  void aReportThatDoesNotFitIsNotCutSilently() {
    assertThat(new VolumeReport("", repositories(20_000), 0).encode()).isEmpty();
  }

  @Test
  void aMessageOfSomebodyElseIsNoReport() {
    assertThat(VolumeReport.decode("OOMKilled")).isEmpty();
    assertThat(VolumeReport.decode("{not json")).isEmpty();
  }
}
