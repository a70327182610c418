package io.snapstash.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.fixtures.AnInventory;
import io.snapstash.picture.Fates;
import io.snapstash.picture.PictureMaker;
import io.snapstash.rules.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final Instant NOW = Instant.parse("2026-03-02T12:30:00Z");

  private static AnInventory world() {
    return new AnInventory().configuration("web", "0 * * * *").storage("s3").claim("forgotten")
        .run("web", "web-1", "Succeeded", "2026-03-02T12:00:00Z").snapshot("web", "web-1", "Succeeded", "data");
  }

  private static String text(AnInventory inventory, int newest) {
    return MetricsText.of(ObjectMetrics.of(inventory.build(), newest), MetricsText.PROMETHEUS);
  }

  @Test
  void thePublishedNamesAndLabelsAreServed() {
    assertThat(text(world(), 5)).contains(
        "core_kubestash_com_backupconfiguration_created{backup_invoker_kind=\"BackupConfiguration\","
            + "backup_invoker_name=\"web\",target_kind=\"PersistentVolumeClaim\",target_name=\"web\","
            + "target_namespace=\"demo\",namespace=\"demo\"} 1767225600\n",
        "core_kubestash_com_backupsession_duration_seconds{invoker_kind=\"BackupSession\",invoker_name=\"web-1\","
            + "backup_invoker_kind=\"BackupConfiguration\",backup_invoker_name=\"web\",namespace=\"demo\"} 25\n",
        "storage_kubestash_com_snapshot_time_seconds{",
        "storage_kubestash_com_backupstorage_conditions{invoker_kind=\"BackupStorage\",invoker_name=\"s3\","
            + "namespace=\"demo\",condition=\"BackendInitialized\",status=\"True\"} 1\n");
  }

  @Test
  void aPhaseHasOneSeriesPerValueAndOneOfThemIsOne() {
    assertThat(text(world(), 5).lines().filter(line -> line.startsWith("core_kubestash_com_backupconfiguration_phase")))
        .hasSize(3).filteredOn(line -> line.endsWith(" 1")).singleElement().asString().contains("phase=\"Ready\"");
  }

  @Test
  void theSeriesOfAnObjectGoWithIt() {
    assertThat(text(new AnInventory(), 5)).isEmpty();
  }

  @Test
  @Rule("behaviour 16.8")
  void onlyTheNewestSnapshotsOfARepositoryHaveSeries() {
    AnInventory many = new AnInventory().configuration("web", "0 * * * *")
        .snapshots("web", 100, NOW.minus(Duration.ofDays(5)));

    assertThat(text(many, 3).lines().filter(line -> line.startsWith("storage_kubestash_com_snapshot_created{")))
        .hasSize(3).anyMatch(line -> line.contains("web-repo-web-99"));
  }

  @Test
  @Rule("behaviour 16.8")
  void onlyTheNewestRunsOfASessionHaveSeries() {
    AnInventory many = new AnInventory().configuration("web", "0 * * * *");
    for (int hour = 10; hour < 20; hour++) {
      many.run("web", "web-" + hour, "Succeeded", "2026-03-01T" + hour + ":00:00Z");
    }

    assertThat(text(many, 2).lines().filter(line -> line.startsWith("core_kubestash_com_backupsession_info{")))
        .satisfiesExactlyInAnyOrder(line -> assertThat(line).contains("\"web-19\""),
            line -> assertThat(line).contains("\"web-18\""));
  }

  @Test
  void anApplicationTellsWhenItWasLastSaved() {
    String text = MetricsText.of(PictureMetrics.of(new PictureMaker(Fates.UNKNOWN).make(world().build(), NOW)),
        MetricsText.PROMETHEUS);

    assertThat(text).contains("snapstash_application_last_success_timestamp_seconds{kind=\"PersistentVolumeClaim\","
        + "namespace=\"demo\",name=\"web\"} 1772452800\n", "snapstash_claims_without_backup 1\n");
  }

  @Test
  void aCounterLosesItsEndingInTheTitleOfOpenMetrics() {
    ProcessMetrics metrics = new ProcessMetrics();
    metrics.watchRestart("Snapshot");

    assertThat(MetricsText.of(metrics.families(), MetricsText.OPEN_METRICS))
        .contains("# TYPE snapstash_watch_restarts counter\nsnapstash_watch_restarts_total{", "# EOF\n");
    assertThat(MetricsText.of(metrics.families(), MetricsText.PROMETHEUS))
        .contains("# TYPE snapstash_watch_restarts_total counter\n").doesNotContain("EOF");
  }

  @Test
  void whatExceedsTheBoundIsCountedTogether() {
    Counter counter = new Counter("c_total", "c", 2, "kind");
    List.of("a", "b", "c", "d").forEach(counter::increment);

    assertThat(MetricsText.of(List.of(counter.family()), MetricsText.PROMETHEUS))
        .contains("c_total{kind=\"other\"} 2\n");
  }

  @Test
  void labelsAreEscaped() {
    Family family = new Family("f", Family.Type.GAUGE, "h").add(List.of("l", "a\"b\\c\nd"), 0.5);

    assertThat(MetricsText.of(List.of(family), MetricsText.PROMETHEUS)).endsWith("f{l=\"a\\\"b\\\\c\\nd\"} 0.5\n");
  }
}
