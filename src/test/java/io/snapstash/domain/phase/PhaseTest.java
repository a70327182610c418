package io.snapstash.domain.phase;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapstash.api.BackendStatusBuilder;
import io.snapstash.api.BackendReferenceBuilder;
import io.snapstash.api.BackupConfigurationSpecBuilder;
import io.snapstash.api.BackupConfigurationStatusBuilder;
import io.snapstash.api.BackupSessionStatus;
import io.snapstash.api.BackupSessionStatusBuilder;
import io.snapstash.api.Condition;
import io.snapstash.api.RestoreComponent;
import io.snapstash.api.RestoreComponentBuilder;
import io.snapstash.api.RestoreSessionStatus;
import io.snapstash.api.RestoreSessionStatusBuilder;
import io.snapstash.api.RetentionResultBuilder;
import io.snapstash.api.SessionBuilder;
import io.snapstash.api.SessionStatusBuilder;
import io.snapstash.api.SnapshotComponent;
import io.snapstash.api.SnapshotComponentBuilder;
import io.snapstash.api.SnapshotStatus;
import io.snapstash.api.SnapshotStatusBuilder;
import io.snapstash.api.SnapshotSummary;
import io.snapstash.api.SnapshotSummaryBuilder;
import io.snapstash.api.TypedObjectReference;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conditions are written +Type (True) and -Type (False), parts as their phases. */
class PhaseTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
      -                                          | NotReady
      +BackendInitialized                        | Ready
      +BackendInitialized +BackendSecretFound    | Ready
      +BackendInitialized -BackendSecretFound    | NotReady
      -BackendInitialized +BackendSecretFound    | NotReady
      """)
  void ofABackupStorage(String conditions, String expected) {
    assertThat(StoragePhase.ofBackupStorage(conditions(conditions))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
      -                      | NotReady
      +RepositoryInitialized | Ready
      -RepositoryInitialized | NotReady
      """)
  void ofARepository(String conditions, String expected) {
    assertThat(StoragePhase.ofRepository(conditions(conditions))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
      -                                    | 2 | -                   | Pending
      -                                    | 2 | Running             | Running
      -                                    | 2 | Succeeded Succeeded | Running
      +RecentSnapshotListUpdated           | 2 | Succeeded Failed    | Running
      +SnapshotMetadataUploaded            | 2 | Succeeded Succeeded | Succeeded
      +SnapshotMetadataUploaded            | 2 | Succeeded Failed    | Failed
      +SnapshotMetadataUploaded            | 3 | Running Failed      | Failed
      +SnapshotMetadataUploaded            | 3 | Succeeded Succeeded | Running
      +SnapshotMetadataUploaded            | 3 | -                   | Pending
      -SnapshotMetadataUploaded            | 1 | Succeeded           | Failed
      -RecentSnapshotListUpdated           | 1 | Succeeded           | Failed
      +BackupIncomplete                    | 1 | -                   | Failed
      """)
  void ofASnapshot(String conditions, int total, String components, String expected) {
    assertThat(SnapshotPhase.of(snapshot(conditions, total, components))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
      2 | -                   | true
      2 | Succeeded           | true
      2 | Failed Running      | true
      2 | Failed Succeeded    | false
      """)
  void aSnapshotIsUnfinishedUntilEveryComponentHasEnded(int total, String components, boolean expected) {
    assertThat(SnapshotPhase.hasUnfinishedComponents(snapshot("", total, components))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
      +ValidationPassed | true  | true  | true  | Ready
      -                 | true  | true  | true  | Ready
      -ValidationPassed | true  | true  | true  | Invalid
      +ValidationPassed | false | true  | true  | NotReady
      +ValidationPassed | -     | true  | true  | NotReady
      +ValidationPassed | true  | false | true  | NotReady
      +ValidationPassed | true  | true  | false | NotReady
      +ValidationPassed | true  | -     | true  | NotReady
      +ValidationPassed | true  | true  | -     | NotReady
      """)
  void ofABackupConfiguration(String conditions, Boolean target, Boolean backend, Boolean session, String expected) {
    var spec = BackupConfigurationSpecBuilder.builder()
        .backends(List.of(BackendReferenceBuilder.builder().name("s3").build()))
        .sessions(List.of(SessionBuilder.builder().name("nightly").build())).build();
    var status = BackupConfigurationStatusBuilder.builder().conditions(conditions(conditions)).targetFound(target);
    if (backend != null) {
      status.backends(List.of(BackendStatusBuilder.builder().name("s3").ready(backend).build()));
    }
    if (session != null) {
      status.sessions(List.of(SessionStatusBuilder.builder().name("nightly")
          .conditions(conditions((session ? "+" : "-") + "SchedulerEnsured")).build()));
    }

    assertThat(BackupConfigurationPhase.of(spec, status.build())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
      -                                                  | -                   | Pending
      +SnapshotsEnsured                                  | Pending Pending     | Pending
      +SnapshotsEnsured                                  | Pending Running     | Running
      +SnapshotsEnsured                                  | Failed Succeeded    | Running
      -BackupExecutorEnsured                             | -                   | Pending
      +MetricsPushed                                     | Succeeded Succeeded | Succeeded
      +MetricsPushed                                     | Succeeded Failed    | Failed
      +MetricsPushed                                     | Succeeded Running   | Running
      +MetricsPushed -BackupExecutorEnsured              | Pending             | Failed
      +MetricsPushed -SnapshotsEnsured                   | -                   | Failed
      +MetricsPushed -PreBackupHooksExecutionSucceeded   | Pending             | Failed
      +MetricsPushed -PostBackupHooksExecutionSucceeded  | Succeeded           | Failed
      +MetricsPushed -SessionHistoryCleaned              | Succeeded           | Failed
      +MetricsPushed +SnapshotCleanupIncomplete          | Succeeded           | Failed
      +MetricsPushed -RetentionPolicyExecutorEnsured     | Succeeded           | Succeeded
      +BackupSkipped                                     | -                   | Skipped
      +BackupSkipped +MetricsPushed                      | -                   | Skipped
      +BackupSkipped -MetricsPushed                      | -                   | Failed
      """)
  void ofABackupSession(String conditions, String snapshots, String expected) {
    assertThat(BackupSessionPhase.of(backup(conditions, snapshots))).isEqualTo(expected);
  }

  @Test
  void aRetentionPolicyThatCouldNotBeAppliedFailsTheRunAtTheEnd() {
    var running = BackupSessionStatusBuilder.builder(backup("", "Succeeded"))
        .retentionPolicy(List.of(RetentionResultBuilder.builder().phase("FailedToApply").build()));
    var ended = BackupSessionStatusBuilder.builder(running.build()).conditions(conditions("+MetricsPushed"));

    assertThat(BackupSessionPhase.of(running.build())).isEqualTo("Running");
    assertThat(BackupSessionPhase.of(ended.build())).isEqualTo("Failed");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
      -                                                  | 2 | -                   | Pending
      +RestoreExecutorEnsured                            | 2 | Running             | Running
      +RestoreExecutorEnsured                            | 2 | Succeeded Succeeded | Running
      +RestoreExecutorEnsured                            | 2 | Failed Running      | Running
      +RestoreExecutorEnsured                            | 2 | Succeeded Unknown   | Unknown
      +MetricsPushed                                     | 2 | Succeeded Unknown   | Unknown
      +MetricsPushed                                     | 2 | Succeeded Succeeded | Succeeded
      +MetricsPushed                                     | 3 | Succeeded Unknown   | Running
      +MetricsPushed                                     | 2 | Failed Unknown      | Failed
      +MetricsPushed                                     | 2 | Failed Running      | Failed
      +MetricsPushed -RestoreExecutorEnsured             | 2 | -                   | Failed
      +MetricsPushed +RestoreIncomplete                  | 2 | Succeeded           | Failed
      +MetricsPushed -PreRestoreHooksExecutionSucceeded  | 2 | -                   | Failed
      +MetricsPushed -PostRestoreHooksExecutionSucceeded | 1 | Succeeded           | Failed
      -ValidationPassed                                  | 2 | -                   | Invalid
      -ValidationPassed -MetricsPushed                   | 2 | -                   | Failed
      """)
  void ofARestoreSession(String conditions, int total, String components, String expected) {
    assertThat(RestoreSessionPhase.of(restore(conditions, total, components))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
      -                                                                          | Running
      +RestoreSucceeded +BackupVerified                                          | Running
      +RestoreSucceeded +BackupVerified +VerificationSessionHistoryCleaned       | Succeeded
      +RestoreSucceeded -BackupVerified +VerificationSessionHistoryCleaned       | Failed
      -RestoreSucceeded +VerificationSessionHistoryCleaned                       | Failed
      +RestoreSucceeded +BackupVerified -VerificationSessionHistoryCleaned       | Failed
      +BackupVerificationSkipped                                                 | Skipped
      """)
  void ofAVerificationSession(String conditions, String expected) {
    assertThat(VerificationSessionPhase.of(conditions(conditions))).isEqualTo(expected);
  }

  @Test
  void aSummaryTellsTheFirstThingThatWentWrong() {
    TypedObjectReference target = new TypedObjectReference("apps", "Deployment", "demo", "shop");
    Summary.Invoker invoker = new Summary.Invoker("BackupConfiguration", "shop", "demo");

    assertThat(Summary.ofBackup("run", invoker, target, backup("+SnapshotsEnsured", "Succeeded")).status())
        .isEqualTo(new Summary.Status("Succeeded", "", ""));
    assertThat(Summary.ofBackup("run", invoker, target, backup("", "Failed")).status().phase()).isEqualTo("Failed");
    assertThat(Summary.ofBackup("run", invoker, target, backup("-SnapshotsEnsured", "Failed")).status().error())
        .isEqualTo("about SnapshotsEnsured");
    assertThat(Summary.ofRestore("back", "demo", target, restore("", 1, "Failed")).status().error())
        .isEqualTo("lost");
    assertThat(Summary.ofRestore("back", "demo", target, restore("", 1, "Failed")).invoker())
        .isEqualTo(new Summary.Invoker("core.kubestash.com", "RestoreSession", "back", "demo"));
  }

  private static List<Condition> conditions(String text) {
    return words(text).map(word -> new Condition(word.substring(1), word.startsWith("+") ? "True" : "False",
        Instant.EPOCH, null, null, "Reason", "about " + word.substring(1))).toList();
  }

  private static SnapshotStatus snapshot(String conditions, int total, String phases) {
    Map<String, SnapshotComponent> components = new TreeMap<>();
    words(phases).forEach(phase ->
        components.put("c" + components.size(), SnapshotComponentBuilder.builder().phase(phase).build()));
    return SnapshotStatusBuilder.builder().conditions(conditions(conditions)).totalComponents(total)
        .components(components).build();
  }

  private static BackupSessionStatus backup(String conditions, String phases) {
    List<SnapshotSummary> snapshots = words(phases)
        .map(phase -> SnapshotSummaryBuilder.builder().phase(phase).build()).toList();
    return BackupSessionStatusBuilder.builder().conditions(conditions(conditions)).snapshots(snapshots).build();
  }

  private static RestoreSessionStatus restore(String conditions, int total, String phases) {
    Map<String, RestoreComponent> components = new TreeMap<>();
    words(phases).forEach(phase -> components.put("c" + components.size(),
        RestoreComponentBuilder.builder().phase(phase).error(phase.equals("Failed") ? "lost" : null).build()));
    return RestoreSessionStatusBuilder.builder().conditions(conditions(conditions)).totalComponents(total)
        .components(components).build();
  }

  private static Stream<String> words(String text) {
    return text == null || text.isBlank() ? Stream.empty() : Stream.of(text.split(" +"));
  }
}
