package io.snapstash.controller.backupsession;

import io.snapstash.api.BackupConfiguration;
import io.snapstash.api.BackupSession;
import io.snapstash.api.BackupSessionStatus;
import io.snapstash.api.Conditions;
import io.snapstash.api.Phases;
import io.snapstash.api.Snapshot;
import io.snapstash.api.SnapshotComponent;
import io.snapstash.controller.Effect;
import io.snapstash.controller.Notice;
import io.snapstash.domain.Absent;
import io.snapstash.domain.phase.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What people are told when a run comes into another phase: on the BackupSession, and on its BackupConfiguration, where
 * the runs of a session are counted in one event. Told before the phase is written, so that no kill swallows it; the
 * names of the events keep it from being told twice.
 */
final class BackupNotices {
  private BackupNotices() {}

  static List<Effect> of(BackupSession run, BackupSessionStatus now, List<Snapshot> snapshots,
      Optional<BackupConfiguration> invoker) {
    String before = run.getStatus() == null ? "" : Absent.text(run.getStatus().phase());
    String phase = Absent.text(now.phase());
    if (before.equals(phase)) {
      return List.of();
    }
    return switch (phase) {
      case Phases.RUNNING -> told(run, invoker, false, "BackupStarted", volumes(snapshots));
      case Phases.SUCCEEDED -> told(run, invoker, false, "BackupSucceeded",
          volumes(snapshots) + " in " + Absent.text(now.duration()));
      case Phases.FAILED -> told(run, invoker, true, "BackupFailed", cause(run, now, snapshots));
      case Phases.SKIPPED -> told(run, invoker, false, "BackupSkipped", Absent.list(now.conditions()).stream()
          .filter(condition -> Conditions.BACKUP_SKIPPED.equals(condition.type()))
          .map(condition -> Absent.text(condition.message()))
          .findFirst().orElse(""));
      default -> List.of();
    };
  }

  private static List<Effect> told(BackupSession run, Optional<BackupConfiguration> invoker, boolean warning,
      String reason, String what) {
    String session = Absent.text(run.getSpec().session());
    String message = "session " + session + (what.isEmpty() ? "" : ": " + what);
    List<Effect> effects = new ArrayList<>();
    effects.add(new Effect.Tell((warning ? Notice.warning(run, reason, message) : Notice.normal(run, reason, message))
        .counted(reason, run.getMetadata().getUid())));
    invoker.ifPresent(configuration -> {
      String longer = "BackupSession " + run.getMetadata().getName() + ", " + message;
      Notice notice = warning ? Notice.warning(configuration, reason, longer)
          : Notice.normal(configuration, reason, longer);
      effects.add(new Effect.Tell(notice.counted(session, run.getMetadata().getUid())));
    });
    return effects;
  }

  /** Every Snapshot of a run lists the same VolumeSnapshots. */
  private static String volumes(List<Snapshot> snapshots) {
    int count = snapshots.stream().map(BackupNotices::components).mapToInt(Map::size).max().orElse(0);
    return count == 0 ? "" : count == 1 ? "1 volume" : count + " volumes";
  }

  private static String cause(BackupSession run, BackupSessionStatus now, List<Snapshot> snapshots) {
    String components = snapshots.stream().flatMap(snapshot -> components(snapshot).entrySet().stream())
        .filter(each -> !Absent.text(each.getValue().error()).isEmpty())
        .map(each -> each.getKey() + ": " + each.getValue().error()).distinct().limit(5)
        .collect(Collectors.joining("; "));
    return components.isEmpty() ? Summary.ofBackup(run.getMetadata().getName(),
        new Summary.Invoker("BackupConfiguration", "", ""), null, now).status().error() : components;
  }

  private static Map<String, SnapshotComponent> components(Snapshot snapshot) {
    return snapshot.getStatus() == null ? Map.of() : Absent.map(snapshot.getStatus().components());
  }
}
