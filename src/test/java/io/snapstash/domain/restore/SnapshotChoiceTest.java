package io.snapstash.domain.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.snapstash.api.PointInTime;
import io.snapstash.api.RestoreDataSource;
import io.snapstash.api.RestoreDataSourceBuilder;
import io.snapstash.api.Snapshot;
import io.snapstash.api.SnapshotSpecBuilder;
import io.snapstash.api.SnapshotStatusBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotChoiceTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final List<Snapshot> SNAPSHOTS = List.of(
      snapshot("old", NOON.minusSeconds(3600), "Succeeded"), snapshot("good", NOON, "Succeeded"),
      snapshot("broken", NOON.plusSeconds(3600), "Failed"));

  @Test
  void latestIsTheNewestThatSucceeded() {
    assertThat(SnapshotChoice.of(source().snapshot("latest").build(), SNAPSHOTS))
        .hasValueSatisfying(chosen -> assertThat(chosen.getMetadata().getName()).isEqualTo("good"));
  }

  @Test
  void aNamedSnapshotIsTakenAsItIs() {
    assertThat(SnapshotChoice.of(source().snapshot("broken").build(), SNAPSHOTS)).isPresent();
    assertThat(SnapshotChoice.of(source().snapshot("none").build(), SNAPSHOTS)).isEmpty();
  }

  @Test
  void aPointInTimeIncludesTheMomentUnlessToldOtherwise() {
    RestoreDataSource including = source().pitr(new PointInTime(NOON, null)).build();
    RestoreDataSource before = source().pitr(new PointInTime(NOON, true)).build();

    assertThat(SnapshotChoice.of(including, SNAPSHOTS).orElseThrow().getMetadata().getName()).isEqualTo("good");
    assertThat(SnapshotChoice.of(before, SNAPSHOTS).orElseThrow().getMetadata().getName()).isEqualTo("old");
  }

  @Test
  void nothingFitsAnotherRepository() {
    assertThat(SnapshotChoice.of(RestoreDataSourceBuilder.builder().repository("other").snapshot("latest").build(),
        SNAPSHOTS)).isEmpty();
  }

  private static RestoreDataSourceBuilder source() {
    return RestoreDataSourceBuilder.builder().repository("repo");
  }

  private static Snapshot snapshot(String name, Instant time, String phase) {
    Snapshot snapshot = new Snapshot();
    snapshot.setMetadata(new ObjectMetaBuilder().withName(name).withCreationTimestamp(time.toString()).build());
    snapshot.setSpec(SnapshotSpecBuilder.builder().repository("repo").build());
    snapshot.setStatus(SnapshotStatusBuilder.builder().phase(phase).snapshotTime(time).build());
    return snapshot;
  }
}
