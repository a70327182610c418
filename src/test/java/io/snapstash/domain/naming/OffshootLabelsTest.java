package io.snapstash.domain.naming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OffshootLabelsTest {
  @Test
  void aBackupJobIsInvokedByItsBackupSession() {
    Map<String, String> own = new HashMap<>(Map.of(
        "team", "shop",
        "kubestash.com/invoker-kind", "BackupConfiguration",
        "kubestash.com/invoker-name", "orders"));
    Map<String, String> before = Map.copyOf(own);

    Map<String, String> labels = OffshootLabels.ofSession(
        new OffshootLabels.Owner("BackupSession", "demo", "orders-nightly-1705402801", own),
        "nightly", "kubestash-backup");

    assertThat(labels).containsOnly(
        Map.entry("team", "shop"),
        Map.entry("app.kubernetes.io/managed-by", "kubestash.com"),
        Map.entry("app.kubernetes.io/component", "kubestash-backup"),
        Map.entry("kubestash.com/invoker-kind", "BackupConfiguration"),
        Map.entry("kubestash.com/invoker-name", "orders-nightly-1705402801"),
        Map.entry("kubestash.com/invoker-namespace", "demo"),
        Map.entry("kubestash.com/session-name", "nightly"));
    assertThat(own).isEqualTo(before);
  }

  @Test
  void onlyStoragesRepositoriesAndSnapshotsTellTheirKind() {
    OffshootLabels.Owner storage = new OffshootLabels.Owner("BackupStorage", "demo", "s3", Map.of());
    OffshootLabels.Owner restore = new OffshootLabels.Owner("RestoreSession", "demo", "back", Map.of());

    assertThat(OffshootLabels.of(storage, "kubestash-cleaner")).containsEntry("kubestash.com/invoker-kind", "BackupStorage");
    assertThat(OffshootLabels.of(restore, "kubestash-restore")).doesNotContainKey("kubestash.com/invoker-kind");
  }

  @Test
  void cutsValuesToWhatALabelMayHold() {
    String name = "n".repeat(62) + "-" + "m".repeat(50);

    Map<String, String> labels = OffshootLabels.ofVolumeSnapshot(name, "demo", "nightly");

    assertThat(labels).containsEntry("kubestash.com/invoker-kind", "BackupSession")
        .containsEntry("kubestash.com/invoker-name", "n".repeat(62))
        .containsEntry("kubestash.com/session-name", "nightly");
  }

  @Test
  void aSnapshotTellsItsRepositoryAndItsApplication() {
    assertThat(OffshootLabels.ofSnapshot("repo", "PersistentVolumeClaim", "data", "demo"))
        .containsEntry("kubestash.com/repo-name", "repo")
        .containsEntry("kubestash.com/app-ref-kind", "PersistentVolumeClaim")
        .containsEntry("kubestash.com/app-ref-name", "data")
        .containsEntry("kubestash.com/app-ref-namespace", "demo");
  }
}
