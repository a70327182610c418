package io.snapstash.controller.backupstorage;

import io.snapstash.api.BackupStorage;
import io.snapstash.api.BackupStorageStatus;
import io.snapstash.api.Phases;
import io.snapstash.controller.Effect;
import io.snapstash.controller.Metadata;
import io.snapstash.controller.Notice;
import io.snapstash.domain.Absent;
import io.snapstash.domain.phase.ConditionSet;
import java.util.List;

/** What people are told when a BackupStorage becomes ready, or no longer is; a change back and forth is counted. */
final class StorageNotices {
  private StorageNotices() {}

  static List<Effect> of(BackupStorage storage, BackupStorageStatus now) {
    String before = storage.getStatus() == null ? "" : Absent.text(storage.getStatus().phase());
    String phase = Absent.text(now.phase());
    if (before.equals(phase) || Metadata.isDeleting(storage)) {
      return List.of();
    }
    String cause = ConditionSet.of(now.conditions()).firstFalse()
        .map(condition -> Absent.text(condition.message())).orElse("");
    return switch (phase) {
      case Phases.READY -> List.of(told(storage, Notice.normal(storage, "StorageReady", "the backend can be used")));
      case Phases.NOT_READY -> cause.isEmpty() ? List.of() : List.of(told(storage, Notice.warning(storage, "StorageNotReady", cause)));
      default -> List.of();
    };
  }

  /** The version that was decided on stands for the change: it is the same for whoever decides again after a kill. */
  private static Effect told(BackupStorage storage, Notice notice) {
    return new Effect.Tell(notice.counted(notice.reason(), storage.getMetadata().getResourceVersion()));
  }
}
