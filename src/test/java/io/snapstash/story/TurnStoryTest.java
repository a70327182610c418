package io.snapstash.story;

import static io.snapstash.kube.ResourceTypes.JOBS;
import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.api.BackupSession;
import io.snapstash.api.Conditions;
import io.snapstash.domain.phase.ConditionSet;
import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.OperatorWorld;
import io.snapstash.fixtures.StoryWorld;
import io.snapstash.rules.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Fewer snapshots of a driver may be taken at once than runs want to take. */
class TurnStoryTest extends Story {
  private static final List<String> NAMES = List.of("a", "b", "c");

  TurnStoryTest() {
    super(OperatorWorld.start(Map.of("SNAPSTASH_LIMITS_SNAPSHOTSPERDRIVER", "1")));
  }

  @Test
  @Rule("behaviour 7.8")
  void runsWaitForTheirTurnSayWhyAndBeginOneAfterAnotherAlsoWithANewOperator() {
    storage();
    NAMES.forEach(name -> claim("of-" + name, name));
    NAMES.forEach(name -> world.behaviour().stallSnapshotOf("of-" + name));

    world.apply(NAMES.stream().flatMap(name -> ABackup.ofClaim(name, "of-" + name).manifests().stream()).toList());
    world.until("one runs and two wait", () -> waiting().count() == 2 && world.list(JOBS).size() == 1);
    assertThat(waiting()).allSatisfy(run -> assertThat(phase(run)).isEqualTo("Pending"));
    StoryWorld.await(world.world().stopOperator());
    StoryWorld.await(world.world().startOperator());
    world.advance(Duration.ofSeconds(10));

    assertThat(waiting()).hasSize(2);
    assertThat(world.list(JOBS)).hasSize(1);
    NAMES.forEach(name -> world.behaviour().heal("of-" + name));
    world.until("all have ended", () -> all().filter(run -> phase(run).equals("Succeeded")).count() == NAMES.size());
    assertThat(waiting()).isEmpty();
    world.staysQuietForTenMinutes();
  }

  private Stream<BackupSession> all() {
    return NAMES.stream().flatMap(name -> runs(name).stream());
  }

  private Stream<BackupSession> waiting() {
    return all().filter(run -> run.getStatus() != null && ConditionSet.of(run.getStatus().conditions())
        .find(Conditions.BACKUP_EXECUTOR_ENSURED)
        .filter(condition -> Conditions.WAITING_FOR_TURN.equals(condition.reason())).isPresent());
  }
}
