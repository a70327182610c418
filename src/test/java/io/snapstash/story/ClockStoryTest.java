package io.snapstash.story;

import static io.snapstash.kube.ResourceTypes.BACKUP_CONFIGURATIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.api.BackupSession;
import io.snapstash.csi.CsiTypes;
import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.CrookedClock;
import io.snapstash.fixtures.OperatorWorld;
import io.snapstash.fixtures.StoryWorld;
import io.snapstash.rules.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clocks of nodes that are wrong, or jump, in a cluster whose API server knows the time. */
@Tag("clock")
class ClockStoryTest extends Story {
  private static final Duration LEAP = Duration.ofSeconds(30);
  private static final Duration DAY = Duration.ofDays(1);
  private static final CrookedClock OPERATORS = new CrookedClock();
  private static final CrookedClock JOBS = new CrookedClock();

  ClockStoryTest() {
    super(OperatorWorld.startAt(StoryWorld.START, OPERATORS.right(), JOBS.right()));
  }

  private void midRun() {
    storage();
    claim("source", "old");
    world.behaviour().snapshotsTake(Duration.ofMinutes(1));
    world.apply(ABackup.ofClaim("b", "source").schedule("*/10 * * * *").timeout("5m").manifests());
    world.until("running", () -> runs("b").stream().anyMatch(run -> phase(run).equals("Running")));
  }

  /** The slots of scheduled runs lie ten minutes apart; none is missed, none comes twice. */
  private void twoMoreRunsSucceed() {
    int before = runs("b").size();
    world.leap(Duration.ofMinutes(20), LEAP);
    world.patch(BACKUP_CONFIGURATIONS, "b", "{spec: {paused: true}}");
    world.leap(Duration.ofMinutes(3), LEAP);

    List<BackupSession> more = runs("b").subList(before, runs("b").size());
    assertThat(more).hasSize(2).extracting(Story::phase).containsOnly("Succeeded");
    assertThat(world.list(CsiTypes.VOLUME_SNAPSHOTS).size()).isEqualTo(snapshots().size());
    world.staysQuietForTenMinutes();
  }

  @Test
  void aDayThatTheOperatorsClockJumpsAheadMidRunCostsThatRunAtMost() {
    midRun();

    OPERATORS.jump(DAY);
    world.leap(Duration.ofMinutes(3), LEAP);

    assertThat(runs("b")).hasSize(1).extracting(Story::phase).isSubsetOf("Succeeded", "Failed");
    OPERATORS.jump(DAY.negated());
    twoMoreRunsSucceed();
  }

  @Test
  void twoHoursThatTheOperatorsClockGoesBackMidRunCostNothing() {
    midRun();

    OPERATORS.jump(Duration.ofHours(-2));
    world.leap(Duration.ofMinutes(3), LEAP);

    assertThat(runs("b")).hasSize(1).extracting(Story::phase).containsOnly("Succeeded");
    twoMoreRunsSucceed();
  }

  /** A run bears the name of the slot that the CronJob's controller has seen, whatever its own node believes. */
  @ParameterizedTest
  @ValueSource(strings = {"-PT7M", "PT7M", "PT2H"})
  void aTriggerOnANodeWhoseClockIsWrongMakesTheRunOfItsSlot(Duration wrong) {
    storage();
    claim("source", "old");
    JOBS.jump(wrong);

    world.apply(ABackup.ofClaim("b", "source").schedule("*/10 * * * *").timeout("5m").manifests());
    world.leap(Duration.ofMinutes(13), LEAP);

    assertThat(runs("b")).hasSize(2).extracting(Story::phase).containsOnly("Succeeded");
    assertThat(runs("b").getLast().getMetadata().getName())
        .isEqualTo("b-frequent-" + Instant.parse("2026-03-02T08:10:00Z").getEpochSecond());
  }

  /** Everything is a year old by then, and the newest good copy stays all the same. */
  @Test
  @Rule("behaviour 9.6")
  void aYearThatTheOperatorsClockJumpsAheadDoesNotCostTheLastGoodCopy() {
    storage();
    world.apply("""
        apiVersion: storage.kubestash.com/v1alpha1
        kind: RetentionPolicy
        metadata: {name: keep-a-few, namespace: demo}
        spec: {maxRetentionPeriod: 1w, successfulSnapshots: {last: 3}}
        """);
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source").schedule("*/10 * * * *").timeout("5m"), "b");
    String good = snapshots().getFirst().getMetadata().getName();

    OPERATORS.jump(Duration.ofDays(365));
    world.behaviour().failSnapshotOf("source");
    world.leap(Duration.ofMinutes(18), LEAP);

    assertThat(snapshots()).extracting(each -> each.getMetadata().getName()).contains(good);
    assertThat(world.disks().snapshotHandles()).isNotEmpty();
    assertThat(world.list(CsiTypes.VOLUME_SNAPSHOTS)).anyMatch(each -> each.getStatus().readyToUse());
  }
}
