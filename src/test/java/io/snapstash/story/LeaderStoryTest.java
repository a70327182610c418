package io.snapstash.story;

import static io.snapstash.kube.ResourceTypes.BACKUP_CONFIGURATIONS;
import static io.snapstash.kube.ResourceTypes.JOBS;
import static io.snapstash.kube.ResourceTypes.LEASES;
import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.csi.CsiTypes;
import io.snapstash.engine.ResourceKey;
import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.OperatorWorld;
import io.snapstash.fixtures.Rival;
import io.snapstash.fixtures.StoryWorld;
import io.snapstash.kube.DeleteOptions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two operators, of which one works. */
class LeaderStoryTest extends Story {
  private static final ResourceKey LEASE = new ResourceKey("snapstash-system", "snapstash-leader");

  private Rival first;
  private Rival second;

  LeaderStoryTest() {
    super(OperatorWorld.alone());
  }

  @BeforeEach
  void twoOperators() {
    first = Rival.start(world, "first");
    second = Rival.start(world, "second");
  }

  /** One of them answers the finalizers while the world goes. */
  @Override
  @AfterEach
  void close() {
    try {
      super.close();
    } finally {
      first.close();
      second.close();
    }
  }

  @Test
  void theSecondTakesOverMidRunFromOneThatIsKilledAndEveryClaimIsCutOnce() {
    storage();
    claim("source", "old");
    world.behaviour().snapshotsTake(Duration.ofSeconds(40));
    world.apply(ABackup.ofClaim("b", "source").manifests());
    world.until("the Job is there", () -> !world.list(JOBS).isEmpty());
    assertThat(holder()).isEqualTo("first");

    first.kill();
    world.until("the second leads", Duration.ofSeconds(15), () -> holder().equals("second"));
    world.until("the run has succeeded", () -> runs("b").stream().allMatch(run -> phase(run).equals("Succeeded")));

    assertThat(runs("b")).hasSize(1);
    assertThat(world.list(JOBS)).hasSizeLessThanOrEqualTo(1);
    assertThat(world.list(CsiTypes.VOLUME_SNAPSHOTS)).hasSize(1);
    assertThat(snapshots()).extracting(Story::phase).containsExactly("Succeeded");
  }

  @Test
  void theSecondTakesOverAtOnceFromOneThatIsAskedToStop() {
    storage();
    assertThat(second.writes()).isEmpty();

    first.end();

    assertThat(holder()).isEqualTo("second");
    claim("source", "old");
    backUp(ABackup.ofClaim("b", "source"), "b");
    assertThat(second.writes()).contains("create jobs");
  }

  @Test
  void aLeaderThatWakesUpLateWritesNothing() {
    storage();
    claim("source", "old");
    first.freeze();
    world.advance(Duration.ofSeconds(15));
    assertThat(holder()).isEqualTo("second");
    int before = first.writes().size();
    backUp(ABackup.ofClaim("b", "source"), "b");

    first.thaw();
    world.advance(Duration.ofMinutes(1));

    assertThat(first.writes()).hasSize(before);
    assertThat(holder()).isEqualTo("second");
    assertThat(world.list(CsiTypes.VOLUME_SNAPSHOTS)).hasSize(1);
  }

  @Test
  void aLeaseThatSomebodyDeletesChangesNothing() {
    storage();
    StoryWorld.await(world.client().delete(LEASES, LEASE, DeleteOptions.BACKGROUND));
    world.advance(Duration.ofSeconds(5));

    assertThat(holder()).isEqualTo("first");
    world.apply(ABackup.ofClaim("b", "source").manifests());
    world.until("looked at", () -> !world.condition(BACKUP_CONFIGURATIONS, "b", "DependenciesFound").isEmpty());
    assertThat(second.writes()).isEmpty();
  }

  private String holder() {
    return world.find(LEASES, LEASE.namespace(), LEASE.name())
        .map(lease -> lease.getSpec().getHolderIdentity()).orElse("");
  }
}
