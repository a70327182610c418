package io.snapstash.domain.naming;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
  private static final Instant CREATED = Instant.ofEpochSecond(1_705_402_803);

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      gcs-repository    | pvc-volume-snapshot-frequent-backup-1705402801             | gcs-repository-pvc-volume-snapshot-frequent-backup-1705402801
      gcs-repository    | deployment-volume-snapshot-frequent-backup-1705483201      | gcs-repository-deployment-volumeshot-frequent-backup-1705483201
      gcs-repository    | statefulset-volume-snapshot-frequent-backup-1705405201     | gcs-repository-statefulset-volumshot-frequent-backup-1705405201
      gcs-postgres-repo | sample-postgres-backup-frequent-backup-1738580539          | gcs-postgres-repo-sample-postgreckup-frequent-backup-1738580539
      pvc-repo          | persistentvolumeclaim-nfs-pvc-frequent-backup-1704779101   | pvc-repo-persistentvolumeclaim-n-pvc-frequent-backup-1704779101
      gcs-repository    | orders-database-volume-snapshot-n-every-five-minutes-1705405201 | gcs-repository-orders-database-vn-every-five-minutes-1705405201
      gcs-repository    | nightly-statefulset-volume-snapshot-of-the-orders-database | gcs-repository-nightly-statefulsnapshot-of-the-orders-database
      repo              | by-hand                                                    | repo-by-hand
      repo              | by-hand-2                                                  | repo-by-hand-2
      repo              | run7                                                       | repo-run7
      """)
  void namesSnapshotsAfterRepositoryAndRun(String repository, String backupSession, String expected) {
    assertThat(Names.snapshot(repository, backupSession)).isEqualTo(expected).hasSizeLessThanOrEqualTo(63);
  }

  @ParameterizedTest
  @CsvSource({
      "statefulset-volume-snapshot, frequent-backup, trigger-statefulset-volume-snapshot-frequent-backup",
      "orders-database-volume-snapshot, every-five-minutes, trigger-orders-database-vonapshot-every-five-minutes"
  })
  void namesCronJobsWithinFiftyTwoCharacters(String configuration, String session, String expected) {
    assertThat(Names.cronJob(configuration, session)).isEqualTo(expected).hasSizeLessThanOrEqualTo(52);
  }

  @Test
  void namesARunAfterInvokerSessionAndTime() {
    String name = Names.backupSession("orders-database-volume-snapshot-of-production", "every-five-minutes",
        Instant.ofEpochSecond(1_705_405_201));

    assertThat(name).isEqualTo("orders-database-volume-snapshot-n-every-five-minutes-1705405201");
  }

  @ParameterizedTest
  @CsvSource({
      "pvc-volume-snapshot-frequent-backup-1705402801, 1705402801",
      "by-hand, 1705402803",
      "by-hand-20240116, 1705402803",
      "by-hand-123456789, 1705402803",
      "1705402801, 1705402801",
      "run-17054028011, 17054028011"
  })
  void takesTheSecondsFromTheNameOnlyIfTheyLookLikeATime(String backupSession, String expected) {
    assertThat(Names.runSeconds(backupSession, CREATED)).isEqualTo(expected);
  }

  @Test
  void namesVolumeSnapshotsAfterTheirClaim() {
    String longest = "c".repeat(253);

    assertThat(Names.volumeSnapshot("source-pvc", "1705402801")).isEqualTo("source-pvc-1705402801");
    assertThat(Names.volumeSnapshot(longest, "1705402801")).isEqualTo("c".repeat(242) + "-1705402801").hasSize(253);
  }

  @Test
  void namesVolumeSnapshotsApartWhenTwoRunsMeet() {
    String first = Names.volumeSnapshotOnCollision("data", "1705402801", "a-uid");
    String second = Names.volumeSnapshotOnCollision("data", "1705402801", "b-uid");

    assertThat(first).matches("data-1705402801-[0-9a-f]{4}").isNotEqualTo(second);
    assertThat(Names.volumeSnapshotOnCollision("c".repeat(253), "1705402801", "a-uid")).hasSize(253)
        .endsWith(first.substring("data".length()));
  }

  @Test
  void namesBlueprintResultsWithTheNamespaceOnlyWhenTheyLiveElsewhere() {
    assertThat(Names.blueprintResult("StatefulSet", "shop", "db", "shop")).isEqualTo("statefulset-db");
    assertThat(Names.blueprintResult("StatefulSet", "shop", "db", "backups")).isEqualTo("shop-statefulset-db");
  }

  @Test
  void namesJobsAfterWhatTheyServe() {
    String limit = "s".repeat(63);

    assertThat(Names.backupJob("orders-nightly-1705402801")).isEqualTo("orders-nightly-1705402801");
    assertThat(Names.restoreJob("restore-orders")).isEqualTo("restore-restore-orders");
    assertThat(Names.restoreJob(limit)).isEqualTo("restore-" + "s".repeat(55));
    assertThat(Names.initializerJob("s3")).isEqualTo("init-s3");
    assertThat(Names.uploadJob("snap")).isEqualTo("upload-snap");
    assertThat(Names.retentionJob("run")).isEqualTo("retentionpolicy-run");
    assertThat(Names.cleanupJob("s3")).isEqualTo("cleanup-s3");
    assertThat(Names.verifierCronJob("repo", "weekly")).isEqualTo("trigger-verifier-repo-weekly");
    assertThat(Names.backupVerificationSession("repo", "weekly", CREATED)).isEqualTo("repo-weekly-1705402803");
  }

  @Test
  void trimsDashesFromTheEndsOnly() {
    assertThat(Shortening.name3("-a", "b-", "", 63)).isEqualTo("a-b");
    assertThat(Shortening.prefixed("abc", "def", 4)).isEqualTo("abc");
    assertThat(Shortening.suffixed("abcdef", "xyz", 6)).isEqualTo("ab-xyz");
    assertThat(Shortening.suffixed("abc", "0123456789", 4)).isEqualTo("6789");
    assertThat(Shortening.labelValue("x".repeat(62) + "._more")).isEqualTo("x".repeat(62));
    assertThat(Shortening.labelValue("_a.b-")).isEqualTo("a.b");
  }
}
