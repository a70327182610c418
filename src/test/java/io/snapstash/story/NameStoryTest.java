package io.snapstash.story;

import static io.snapstash.kube.ResourceTypes.BACKUP_CONFIGURATIONS;
import static io.snapstash.kube.ResourceTypes.CRON_JOBS;
import static io.snapstash.kube.ResourceTypes.JOBS;
import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.fixtures.ABackup;
import io.snapstash.fixtures.ARestore;
import org.junit.jupiter.api.Test;

/** Names at their limits, and names that become equal when they are shortened. */
class NameStoryTest extends Story {
  private static String letters(String head, int length) {
    return head + "x".repeat(length - head.length());
  }

  @Test
  void aConfigurationWithTheLongestNameIsBackedUpAndRestored() {
    String longest = letters("b", 253 - "-repo".length());
    String claim = letters("source", 63);
    storage();
    claim(claim, "old");

    backUp(ABackup.ofClaim(longest, claim).sessionName(letters("s", 63)), longest);
    String repository = snapshots().getFirst().getSpec().repository();
    restore(ARestore.of(letters("r", 253), repository).into("back"), letters("r", 253), "Succeeded");

    assertThat(world.read("back")).isEqualTo("old");
    assertThat(world.list(JOBS)).allSatisfy(job ->
        assertThat(job.getMetadata().getName()).hasSizeLessThanOrEqualTo(63));
    assertThat(world.list(CRON_JOBS)).allSatisfy(job ->
        assertThat(job.getMetadata().getName()).hasSizeLessThanOrEqualTo(52));
    world.staysQuietForTenMinutes();
  }

  @Test
  void twoConfigurationsWhoseCronJobsWouldShareANameDoNotShareOne() {
    String one = "orders-database-one-" + "m".repeat(40) + "-volume-snapshot";
    String two = one.replace("m".repeat(40), "m".repeat(41));
    storage();
    claim("source", "old");
    backUp(ABackup.ofClaim(one, "source"), one);

    world.apply(ABackup.ofClaim(two, "source").manifests());
    world.settle();

    assertThat(world.tree(BACKUP_CONFIGURATIONS, two).at("/status/sessions/0")
        .toString()).contains("SchedulerNotEnsured");
    assertThat(world.list(CRON_JOBS)).singleElement().satisfies(cronJob ->
        assertThat(cronJob.getMetadata().getOwnerReferences().getFirst().getName()).isEqualTo(one));
    world.staysQuietForTenMinutes();
  }
}
